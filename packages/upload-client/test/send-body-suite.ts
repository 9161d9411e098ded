import { setTimeout as wait } from 'node:timers/promises';
import { HikyakuError } from '@hikyaku/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SendBody } from '../src/send-body.ts';
import { answer, readSlowly, reset, startStorageServer, type StorageServer } from './storage-server.ts';

const bodyBytes = 8 * 1024 ** 2;

/** What every way of sending a body has to do. */
export function describeSendBody(name: string, send: SendBody): void {
  describe(name, () => {
    const body = new Blob([new Uint8Array(bodyBytes)], { type: 'text/plain' });
    const never = new AbortController().signal;
    let storage: StorageServer;

    beforeAll(async () => {
      storage = await startStorageServer();
    });
    beforeEach(() => {
      storage.received.length = 0;
      storage.script();
    });
    afterAll(() => storage[Symbol.asyncDispose]());

    it('sends the whole body with its length and exactly the signed headers', async () => {
      const signed = { 'Content-Type': 'text/csv', 'If-None-Match': '*', 'x-amz-meta-a': 'b' };
      const put = storage.put('whole', { ...signed, 'Content-Length': String(bodyBytes), Host: 'ignored' });
      expect(await send({ put, body, onProgress() {}, signal: never })).toEqual({ status: 200, text: '' });
      expect(storage.received).toMatchObject([
        {
          path: '/whole',
          bytes: bodyBytes,
          headers: {
            'content-type': 'text/csv',
            'if-none-match': '*',
            'x-amz-meta-a': 'b',
            'content-length': String(bodyBytes),
          },
        },
      ]);
      expect(storage.received[0]?.headers).not.toHaveProperty('transfer-encoding');
    });

    it('adds no content type that was not signed', async () => {
      await send({ put: storage.put('untyped'), body, onProgress() {}, signal: never });
      expect(storage.received[0]?.headers).not.toHaveProperty('content-type');
    });

    it('reports progress that never falls and ends with the last byte', async () => {
      const progress: number[] = [];
      await send({ put: storage.put('progress'), body, onProgress: (sent) => progress.push(sent), signal: never });
      expect(progress.length).toBeGreaterThan(0);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
      expect(progress.at(-1)).toBe(bodyBytes);
    });

    it('sends an empty body', async () => {
      await send({ put: storage.put('empty'), body: new Blob([]), onProgress() {}, signal: never });
      expect(storage.received).toMatchObject([{ bytes: 0, headers: { 'content-length': '0' } }]);
    });

    it('hands over a refusal with what storage says of it', async () => {
      storage.script(answer(403, 'AccessDenied'));
      const refusal = await send({ put: storage.put('refused'), body, onProgress() {}, signal: never });
      expect(refusal).toEqual({ status: 403, text: '<Error><Code>AccessDenied</Code></Error>' });
    });

    it('calls a lost connection a network error that may pass', async () => {
      // A browser repeats a PUT by itself once when a connection that was kept open turns out to be dead.
      storage.script(reset, reset, reset);
      const sending = send({ put: storage.put('reset'), body, onProgress() {}, signal: never });
      await expect(sending).rejects.toMatchObject({ name: 'HikyakuError', code: 'network', retriable: true });
    });

    it('stops the bytes when it is cancelled', async () => {
      storage.script(readSlowly);
      const cancel = new AbortController();
      const reason = new HikyakuError('internal');
      const sending = send({ put: storage.put('cancel'), body, onProgress() {}, signal: cancel.signal });
      const outcome = expect(sending).rejects.toBe(reason);
      await vi.waitFor(() => expect(storage.received[0]?.bytes).toBeGreaterThan(0));
      cancel.abort(reason);
      await outcome;
      await vi.waitFor(() => expect(storage.received[0]?.cut).toBe(true), 5_000);
      const arrived = storage.received[0]?.bytes;
      await wait(100);
      expect(storage.received[0]?.bytes).toBe(arrived);
      expect(arrived).toBeLessThan(bodyBytes);
    });

    it('sends nothing when it was cancelled before', async () => {
      const reason = new Error('cancelled before');
      const signal = AbortSignal.abort(reason);
      await expect(send({ put: storage.put('before'), body, onProgress() {}, signal })).rejects.toBe(reason);
      expect(storage.received).toEqual([]);
    });
  });
}
