import { HikyakuError } from '@hikyaku/types';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { UploadPaused } from './begun-upload.ts';
import type { UploadFileOptions } from './upload-file.ts';
import type { UploadPort } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';
import { createUploadQueue, type UploadQueueSnapshot } from './upload-queue.ts';

const quietPort: UploadPort = {
  create: () => Promise.reject(new Error('not asked')),
  presignAgain: () => Promise.reject(new Error('not asked')),
  listSentParts: () => Promise.reject(new Error('not asked')),
  signParts: () => Promise.reject(new Error('not asked')),
  complete: () => Promise.resolve(),
  abort: () => Promise.resolve(),
};
let port: UploadPort;
beforeEach(() => {
  port = { ...quietPort };
});

/** Uploads that go as far as the test lets them. */
function manualUploads() {
  const started: (UploadFileOptions & { finish: () => void; fail: (error: unknown) => void })[] = [];
  const upload = (options: UploadFileOptions) => {
    const { promise, resolve, reject } = Promise.withResolvers<{ uploadId: string }>();
    options.signal?.addEventListener('abort', () => reject(options.signal?.reason));
    started.push({ ...options, finish: () => resolve({ uploadId: 'u' }), fail: reject });
    return promise;
  };
  return { started, upload };
}

const file = (name: string, sizeBytes = 100) => new File([new Uint8Array(sizeBytes)], name);
const states = (snapshot: UploadQueueSnapshot) => snapshot.uploads.map(({ state }) => state);
const sending = (sentBytes: number, bytesPerSecond = 10): UploadProgress => ({
  phase: 'sending',
  uploadId: 'u',
  sentBytes,
  totalBytes: 100,
  bytesPerSecond,
  secondsLeft: 1,
});

function queueOf(count: number) {
  const { started, upload } = manualUploads();
  const queue = createUploadQueue({
    upload,
    portOf: () => port,
    concurrency: 2,
    patience: { firstDelaySeconds: 0.01 },
  });
  const files = Array.from({ length: count }, (_, index) => ({ file: file(`${index}.csv`) }));
  const ids = queue.add(files, 'cities');
  return { queue, started, ids };
}

describe('a queue', () => {
  it('sends no more at a time than it may, in the order they came', async () => {
    const { queue, started } = queueOf(4);
    expect(states(queue.getSnapshot())).toEqual(['preparing', 'preparing', 'waiting', 'waiting']);
    started[1]?.finish();
    await vi.waitFor(() => expect(started).toHaveLength(3));
    expect(started[2]?.file.name).toBe('2.csv');
    expect(states(queue.getSnapshot())).toEqual(['preparing', 'done', 'preparing', 'waiting']);
  });

  it('goes on after a failure and keeps its cause', async () => {
    const { queue, started, ids } = queueOf(3);
    const cause = new HikyakuError('storage-refused');
    started[0]?.fail(cause);
    started[1]?.fail(new TypeError('surprise'));
    await vi.waitFor(() => expect(started).toHaveLength(3));
    expect(states(queue.getSnapshot())).toEqual(['failed', 'failed', 'preparing']);
    expect(queue.getSnapshot().uploads[0]?.error).toBe(cause);
    expect(queue.getSnapshot().uploads[1]?.error?.code).toBe('internal');

    queue.retry(ids[0] ?? '');
    expect(queue.getSnapshot().uploads[0]).toMatchObject({ state: 'preparing', error: null });
    expect(started[3]?.file.name).toBe('0.csv');
  });

  it('cancels one, running or waiting, and fills its place', () => {
    const { queue, started, ids } = queueOf(4);
    queue.cancel(ids[2] ?? '');
    queue.cancel(ids[0] ?? '');
    expect(states(queue.getSnapshot())).toEqual(['cancelled', 'preparing', 'cancelled', 'preparing']);
    expect(started[0]?.signal?.aborted).toBe(true);
  });

  it('cancels all and starts nothing more', async () => {
    const { queue, started } = queueOf(4);
    queue.cancelAll();
    await Promise.resolve();
    expect(states(queue.getSnapshot())).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
    expect(started).toHaveLength(2);
  });

  it('lets nothing that was cancelled come back to life', async () => {
    const { queue, started, ids } = queueOf(1);
    queue.cancel(ids[0] ?? '');
    started[0]?.onProgress?.(sending(50));
    started[0]?.finish();
    await Promise.resolve();
    expect(states(queue.getSnapshot())).toEqual(['cancelled']);
  });

  it('removes only what is settled', async () => {
    const { queue, started, ids } = queueOf(2);
    started[0]?.finish();
    await vi.waitFor(() => expect(states(queue.getSnapshot())[0]).toBe('done'));
    for (const id of ids) queue.remove(id);
    expect(queue.getSnapshot().uploads.map(({ fileName }) => fileName)).toEqual(['1.csv']);
  });
});

describe('a pause', () => {
  const begun = { uploadId: 'u', method: 'multipart', partSizeBytes: 5 } as const;

  it('stops the bytes, gives the place to the next, and keeps what was begun to go on with it', async () => {
    const { queue, started, ids } = queueOf(3);
    started[0]?.onBegun?.(begun);
    started[0]?.onProgress?.(sending(50));
    queue.pause(ids[0] ?? '');
    expect(states(queue.getSnapshot())).toEqual(['paused', 'preparing', 'preparing']);
    expect(started[0]?.signal?.reason).toBeInstanceOf(UploadPaused);
    expect(queue.getSnapshot().uploads[0]).toMatchObject({ sentBytes: 50, bytesPerSecond: 0, error: null });
    queue.resume(ids[0] ?? '');
    expect(states(queue.getSnapshot())).toEqual(['waiting', 'preparing', 'preparing']);
    started[1]?.finish();
    await vi.waitFor(() => expect(started).toHaveLength(4));
    expect(started[3]).toMatchObject({ begun, file: { name: '0.csv' } });
    expect(started[3]?.signal?.aborted).toBe(false);
  });

  it('of all goes on with all, those that waited too', async () => {
    const { queue, started } = queueOf(3);
    queue.pauseAll();
    await Promise.resolve();
    expect(states(queue.getSnapshot())).toEqual(['paused', 'paused', 'paused']);
    expect(started).toHaveLength(2);
    queue.resumeAll();
    expect(states(queue.getSnapshot())).toEqual(['preparing', 'preparing', 'waiting']);
  });

  it('that ends in a cancel gives the upload up, also one that is there only later', async () => {
    const { queue, started, ids } = queueOf(2);
    const given: string[] = [];
    port.abort = async (uploadId) => void given.push(uploadId);
    started[0]?.onBegun?.(begun);
    for (const id of ids) queue.pause(id);
    for (const id of ids) queue.cancel(id);
    expect(given).toEqual(['u']);
    started[1]?.onBegun?.({ uploadId: 'late', method: 'single' });
    expect(given).toEqual(['u', 'late']);
    queue.retry(ids[0] ?? '');
    expect(started[2]?.begun).toBeUndefined();
  });

  it('gone on with, and cancelled while it waits for its place, gives the upload up', () => {
    const { queue, started, ids } = queueOf(3);
    const given: string[] = [];
    port.abort = async (uploadId) => void given.push(uploadId);
    started[0]?.onBegun?.(begun);
    queue.pause(ids[0] ?? '');
    queue.resume(ids[0] ?? '');
    expect(states(queue.getSnapshot())[0]).toBe('waiting');
    queue.cancel(ids[0] ?? '');
    expect(given).toEqual(['u']);
  });

  it('does nothing to what has ended', async () => {
    const { queue, started, ids } = queueOf(1);
    started[0]?.finish();
    await vi.waitFor(() => expect(states(queue.getSnapshot())).toEqual(['done']));
    queue.pause(ids[0] ?? '');
    queue.resume(ids[0] ?? '');
    expect(states(queue.getSnapshot())).toEqual(['done']);
  });
});

describe('a cancel', () => {
  const late = { uploadId: 'late', method: 'single' } as const;

  it('closes the upload, also one that is begun only then', () => {
    const { queue, started, ids } = queueOf(1);
    const given: string[] = [];
    port.abort = async (uploadId) => void given.push(uploadId);
    queue.cancel(ids[0] ?? '');
    expect(given).toEqual([]);
    started[0]?.onBegun?.(late);
    expect(given).toEqual(['late']);
  });

  it('that comes too late is not told as one', async () => {
    const { queue, started, ids } = queueOf(1);
    port.abort = () => Promise.reject(new HikyakuError('upload-not-open'));
    started[0]?.onBegun?.(late);
    queue.cancel(ids[0] ?? '');
    expect(states(queue.getSnapshot())).toEqual(['cancelled']);
    await vi.waitFor(() => expect(states(queue.getSnapshot())).toEqual(['done']));
    expect(queue.getSnapshot().uploads[0]).toMatchObject({ uploadId: 'late', sentBytes: 100 });
  });

  it('of what ended otherwise stays one', async () => {
    const { queue, started, ids } = queueOf(1);
    const asked = vi.fn();
    port.abort = () => Promise.reject(new HikyakuError('upload-not-open'));
    port.complete = () => (asked(), Promise.reject(new HikyakuError('upload-not-open')));
    started[0]?.onBegun?.(late);
    queue.cancel(ids[0] ?? '');
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await Promise.resolve();
    expect(states(queue.getSnapshot())).toEqual(['cancelled']);
  });

  it('is told to the server again where the line broke', async () => {
    const { queue, started, ids } = queueOf(1);
    const asked = vi.fn();
    port.abort = () => {
      asked();
      return asked.mock.calls.length === 1
        ? Promise.reject(new HikyakuError('network', { retriable: true }))
        : Promise.resolve();
    };
    started[0]?.onBegun?.(late);
    queue.cancel(ids[0] ?? '');
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(2));
  });
});

describe('a session that has ended', () => {
  const signedOut = new HikyakuError('unauthenticated');
  const begun = { uploadId: 'u', method: 'multipart', partSizeBytes: 5 } as const;

  it('pauses what it stops, fails nothing, and goes on where each file was', async () => {
    const { queue, started } = queueOf(4);
    started[0]?.onBegun?.(begun);
    started[0]?.onProgress?.(sending(50));
    started[1]?.onProgress?.(sending(10));
    started[0]?.fail(signedOut);
    await vi.waitFor(() => expect(queue.getSnapshot().halted).toBe(signedOut));
    // The bytes of the other one may still arrive.
    expect(states(queue.getSnapshot())).toEqual(['paused', 'sending', 'paused', 'paused']);
    expect(started).toHaveLength(2);
    started[1]?.fail(signedOut);
    await vi.waitFor(() => expect(states(queue.getSnapshot())).toEqual(['paused', 'paused', 'paused', 'paused']));

    queue.resumeAll();
    expect(queue.getSnapshot().halted).toBeNull();
    expect(started[2]).toMatchObject({ begun, file: { name: '0.csv' } });
  });
});

describe('a retry', () => {
  it.each([
    ['a line that broke goes on', new HikyakuError('network', { retriable: true }), 'u'],
    ['a surprise goes on', new TypeError('surprise'), 'u'],
    ['a store that was full goes on', new HikyakuError('storage-full'), 'u'],
    ['what can not change begins anew', new HikyakuError('storage-refused'), undefined],
    ['a file that changed begins anew', new HikyakuError('file-changed'), undefined],
  ])('after %s', async (_name, error, uploadId) => {
    const { queue, started, ids } = queueOf(1);
    started[0]?.onBegun?.({ uploadId: 'u', method: 'multipart', partSizeBytes: 5 });
    started[0]?.fail(error);
    await vi.waitFor(() => expect(states(queue.getSnapshot())).toEqual(['failed']));
    queue.retry(ids[0] ?? '');
    expect(started[1]?.begun?.uploadId).toBe(uploadId);
  });

  it('sends the file that is given in the place of one that can no longer be read', async () => {
    const { queue, started, ids } = queueOf(1);
    started[0]?.fail(new HikyakuError('file-changed'));
    await vi.waitFor(() => expect(states(queue.getSnapshot())).toEqual(['failed']));
    const saved = file('0.csv', 130);
    queue.retry(ids[0] ?? '', saved);
    expect(started[1]?.file).toBe(saved);
    expect(queue.getSnapshot().uploads[0]).toMatchObject({ fileName: '0.csv', totalBytes: 130, sentBytes: 0 });
  });
});

describe('a snapshot', () => {
  it('stays the same object until something changes, and is never changed itself', () => {
    const { queue, started } = queueOf(2);
    const before = queue.getSnapshot();
    const copy = structuredClone(before);
    expect(queue.getSnapshot()).toBe(before);
    started[0]?.onProgress?.(sending(50));
    const after = queue.getSnapshot();
    expect(after).not.toBe(before);
    expect(before).toEqual(copy);
    expect(after.uploads[0]).not.toBe(before.uploads[0]);
    expect(after.uploads[1]).toBe(before.uploads[1]);
  });

  it('is announced to those who listen', () => {
    const { queue, started } = queueOf(1);
    const listener = vi.fn();
    const stop = queue.subscribe(listener);
    started[0]?.onProgress?.(sending(10));
    expect(listener).toHaveBeenCalledTimes(1);
    stop();
    started[0]?.onProgress?.(sending(20));
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('adds everything up that has neither failed nor been cancelled', () => {
    const { queue, started, ids } = queueOf(3);
    started[0]?.onProgress?.(sending(50));
    started[1]?.onProgress?.(sending(30, 5));
    expect(queue.getSnapshot().total).toEqual({
      files: 3,
      filesDone: 0,
      sentBytes: 80,
      totalBytes: 300,
      bytesPerSecond: 15,
      secondsLeft: 220 / 15,
    });
    queue.cancel(ids[1] ?? '');
    expect(queue.getSnapshot().total).toMatchObject({ files: 2, sentBytes: 50, totalBytes: 200, bytesPerSecond: 10 });
  });
});
