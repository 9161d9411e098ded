import { HikyakuError } from '@hikyaku/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  answer,
  readSlowly,
  reset,
  stall,
  startStorageServer,
  type StorageServer,
  storeWithoutAnswer,
} from '../test/storage-server.ts';
import { RecordingPort } from '../test/recording-port.ts';
import { digestBodyWithNode } from './digest-body-with-node.ts';
import { sendBodyWithHttp } from './send-body-with-http.ts';
import { type UploadFileOptions, uploadFile } from './upload-file.ts';
import type { UploadPort } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';
import { wholeDigestWithNode } from './whole-digest-with-node.ts';

const sizeBytes = 4 * 1024 ** 2;
const file = new File([new Uint8Array(sizeBytes)], '売上.csv', { type: 'text/csv' });
const patience = { firstDelaySeconds: 0.01, longestDelaySeconds: 0.02, stallSeconds: 5, answerSeconds: 5 };

let storage: StorageServer;
beforeAll(async () => {
  storage = await startStorageServer();
});
beforeEach(() => {
  storage.received.length = 0;
  storage.script();
});
afterAll(() => storage[Symbol.asyncDispose]());

function start(port: UploadPort, more: Partial<UploadFileOptions> = {}) {
  const inNode = { sendBody: sendBodyWithHttp, digestBody: digestBodyWithNode, wholeDigest: wholeDigestWithNode };
  return uploadFile({ file, port, ...inNode, ...more, patience: { ...patience, ...more.patience } });
}

const paths = () => storage.received.map(({ path }) => path);

describe('an upload', () => {
  it('is created, sent, confirmed and done, with progress all the way', async () => {
    const port = new RecordingPort(storage);
    const progress: UploadProgress[] = [];
    expect(await start(port, { onProgress: (p) => progress.push(p) })).toEqual({ uploadId: 'u1' });
    expect(port.calls).toEqual([`create 売上.csv ${sizeBytes} text/csv`, 'complete u1']);
    expect(storage.received).toMatchObject([{ bytes: sizeBytes }]);
    expect([...new Set(progress.map(({ phase }) => phase))]).toEqual(['preparing', 'sending', 'confirming', 'done']);
    expect(progress[0]).toMatchObject({ uploadId: null, sentBytes: 0, totalBytes: sizeBytes, secondsLeft: null });
    expect(progress.at(-1)).toMatchObject({ uploadId: 'u1', sentBytes: sizeBytes, secondsLeft: 0 });
    const sent = progress.map(({ sentBytes }) => sentBytes);
    expect(sent).toEqual(sent.toSorted((a, b) => a - b));
  });

  it.each([
    ['a reset', reset],
    ['a 500', answer(500, 'InternalError')],
    ['a 503', answer(503, 'SlowDown')],
  ])('goes on after %s', async (_, failure) => {
    storage.script(failure, failure, answer(200));
    const port = new RecordingPort(storage);
    await start(port);
    expect(storage.received).toHaveLength(3);
    expect(port.calls.at(-1)).toBe('complete u1');
  });

  it('takes a 412 for the arrival of the try before, and lets the server judge', async () => {
    storage.script(storeWithoutAnswer, answer(412, 'PreconditionFailed'));
    const port = new RecordingPort(storage);
    await start(port);
    expect(storage.received).toHaveLength(2);
    expect(port.calls.at(-1)).toBe('complete u1');
  });

  it('gives a try up that has stalled', async () => {
    storage.script(stall, answer(200));
    await start(new RecordingPort(storage), { file: bigFile(), patience: { stallSeconds: 0.2 } });
    expect(storage.received).toHaveLength(2);
    expect(storage.received[0]?.bytes).toBeLessThan(bigFile().size);
    expect(storage.received[1]?.bytes).toBe(bigFile().size);
  });

  it('gives up after the last try and leaves the upload open, for the bytes may have arrived', async () => {
    storage.script(reset, reset, reset);
    const port = new RecordingPort(storage);
    const upload = start(port, { patience: { maxTries: 3 } });
    await expect(upload).rejects.toMatchObject({ code: 'network' });
    expect(storage.received).toHaveLength(3);
    expect(port.calls).toEqual([expect.stringContaining('create')]);
  });

  it('is announced again where no answer came, as the same sending', async () => {
    storage.script(answer(200));
    const port = new RecordingPort(storage);
    port.failCreates = [new HikyakuError('network', { retriable: true })];
    await start(port);
    expect(port.requestIds).toHaveLength(2);
    expect(new Set(port.requestIds).size).toBe(1);
    expect(port.calls.at(-1)).toBe('complete u1');
  });

  it('waits for the network to come back, however long that takes, and counts no try for it', async () => {
    let isOnline = false;
    const online = Promise.withResolvers<void>();
    const connectivity = { isOnline: () => isOnline, untilOnline: vi.fn(() => online.promise) };
    storage.script(reset, answer(200));
    const port = new RecordingPort(storage);
    const upload = start(port, { patience: { maxTries: 1, connectivity } });
    await vi.waitFor(() => expect(connectivity.untilOnline).toHaveBeenCalled());
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(storage.received).toHaveLength(1);
    isOnline = true;
    online.resolve();
    await upload;
    expect(storage.received).toHaveLength(2);
  });

  it('outlives more than one URL: a laptop may sleep again', async () => {
    const forbidden = answer(403, 'AccessDenied');
    storage.script(forbidden, forbidden, answer(200));
    const port = new RecordingPort(storage);
    port.renewedExpiresAt = new Date(Date.now() - 1_000).toISOString();
    await start(port);
    expect(port.calls.filter((call) => call.startsWith('presignAgain'))).toHaveLength(2);
  });

  it('asks for no second URL while the first renewed one lives', async () => {
    storage.script(answer(403, 'AccessDenied'), answer(403, 'AccessDenied'));
    const port = new RecordingPort(storage);
    await expect(start(port)).rejects.toMatchObject({ code: 'storage-refused' });
    expect(port.calls.filter((call) => call.startsWith('presignAgain'))).toHaveLength(1);
  });

  it('names storage as the cause when storage keeps failing', async () => {
    storage.script(answer(503), answer(503));
    const upload = start(new RecordingPort(storage), { patience: { maxTries: 2 } });
    await expect(upload).rejects.toMatchObject({ code: 'storage-unavailable', details: { status: 503 } });
  });

  it('does not repeat a refusal that will not change', async () => {
    storage.script(answer(400, 'InvalidRequest'));
    const upload = start(new RecordingPort(storage));
    await expect(upload).rejects.toMatchObject({ code: 'storage-refused', details: { storageCode: 'InvalidRequest' } });
    expect(storage.received).toHaveLength(1);
  });

  it('sends bytes again that were damaged on their way, and names that where it keeps happening', async () => {
    storage.script(answer(400, 'BadDigest'), answer(200));
    await start(new RecordingPort(storage));
    expect(storage.received).toHaveLength(2);

    // Three times is no chance: something on the way changes them.
    const damaged = answer(400, 'BadDigest');
    storage.script(damaged, damaged, damaged, answer(200));
    const upload = start(new RecordingPort(storage));
    await expect(upload).rejects.toMatchObject({ code: 'checksum-mismatch', retriable: false });
    expect(storage.received).toHaveLength(5);
  });

  it('announces the digests of a small file, and none of a large one', async () => {
    const [small, large] = [new RecordingPort(storage), new RecordingPort(storage)];
    await start(small);
    expect(small.digests).toEqual([await digestBodyWithNode(file)]);
    await start(large, { file: bigFile() });
    expect(large.digests).toEqual([undefined]);
  });

  it('asks for a fresh URL when the URL was refused, once', async () => {
    storage.script(answer(403, 'AccessDenied'), answer(200));
    const port = new RecordingPort(storage);
    await start(port);
    expect(paths()).toEqual(['/first', '/again']);

    storage.script(answer(403), answer(403));
    await expect(start(port)).rejects.toMatchObject({ code: 'storage-refused' });
    expect(port.calls.filter((call) => call.startsWith('presignAgain'))).toHaveLength(2);
  });

  it('asks for a fresh URL before trying again with one that has expired', async () => {
    storage.script(reset, answer(200));
    const port = new RecordingPort(storage);
    port.first = { ...port.first, expiresAt: new Date(0).toISOString() };
    await start(port);
    expect(paths()).toEqual(['/first', '/again']);
  });

  it('is confirmed again when the connection to the server was lost', async () => {
    const port = new RecordingPort(storage);
    port.failCompletes = [new HikyakuError('network', { retriable: true })];
    await start(port);
    expect(port.calls.filter((call) => call === 'complete u1')).toHaveLength(2);
  });

  it('fails as the server says when the server does not confirm it', async () => {
    const port = new RecordingPort(storage);
    port.failCompletes = [new HikyakuError('object-missing')];
    await expect(start(port)).rejects.toMatchObject({ code: 'object-missing' });
  });

  it('tells a file that can no longer be read from a lost network', async () => {
    const unreadableBlob = Object.assign(new Blob(['a']), {
      arrayBuffer: () => Promise.reject(new DOMException('moved', 'NotReadableError')),
      stream: () => new ReadableStream({ start: (controller) => controller.error(new Error('moved')) }),
    });
    const unreadable = Object.assign(new Blob(['a']), {
      name: 'moved.csv',
      slice: () => unreadableBlob,
    });
    const upload = start(new RecordingPort(storage), { file: unreadable });
    await expect(upload).rejects.toMatchObject({ code: 'file-changed' });
  });
});

describe('a cancel', () => {
  it('stops the bytes and closes the upload', async () => {
    storage.script(readSlowly);
    const port = new RecordingPort(storage);
    const cancel = new AbortController();
    const upload = start(port, { file: bigFile(), signal: cancel.signal });
    const outcome = expect(upload).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(storage.received[0]?.bytes).toBeGreaterThan(0));
    cancel.abort();
    await outcome;
    expect(port.calls.at(-1)).toBe('abort u1');
    // The server still reads what was under way.
    await vi.waitFor(() => expect(storage.received[0]?.cut).toBe(true), 4_000);
    expect(storage.received).toHaveLength(1);
  });

  it('closes an upload whose record arrives only afterwards', async () => {
    const port = new RecordingPort(storage);
    const created = Promise.withResolvers<Awaited<ReturnType<UploadPort['create']>>>();
    const create = vi.fn(() => created.promise);
    port.create = create;
    const cancel = new AbortController();
    const upload = start(port, { signal: cancel.signal });
    const outcome = expect(upload).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(create).toHaveBeenCalled());
    cancel.abort();
    await outcome;
    expect(port.calls).toEqual([]);
    created.resolve({ uploadId: 'late', method: 'single', put: port.first });
    await vi.waitFor(() => expect(port.calls).toEqual(['abort late']));
    expect(storage.received).toEqual([]);
  });

  it('ends a wait between two tries', async () => {
    storage.script(reset);
    const cancel = new AbortController();
    const upload = start(new RecordingPort(storage), {
      signal: cancel.signal,
      patience: { firstDelaySeconds: 60, longestDelaySeconds: 60 },
    });
    const outcome = expect(upload).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(storage.received[0]?.cut).toBe(true));
    cancel.abort();
    await outcome;
  });

  it('comes as an AbortError even if closing the upload fails', async () => {
    storage.script(readSlowly);
    const port = new RecordingPort(storage);
    port.abort = () => Promise.reject(new HikyakuError('network'));
    const cancel = new AbortController();
    const upload = start(port, { file: bigFile(), signal: cancel.signal });
    setTimeout(() => cancel.abort(), 50);
    await expect(upload).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('has no effect once the upload is done', async () => {
    const port = new RecordingPort(storage);
    const cancel = new AbortController();
    await start(port, { signal: cancel.signal });
    cancel.abort();
    expect(port.calls).not.toContain('abort u1');
  });
});

/** Larger than what the sockets between us and the server hold. */
function bigFile(): File {
  return new File([new Uint8Array(24 * 1024 ** 2)], 'big.csv');
}
