import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { HikyakuError } from '@hikyaku/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordingPort } from '../test/recording-port.ts';
import {
  answer,
  hold,
  readSlowly,
  reset,
  startStorageServer,
  type StorageServer,
  storeWithoutAnswer,
} from '../test/storage-server.ts';
import { UploadPaused } from './begun-upload.ts';
import { createConnectionBudget } from './connection-budget.ts';
import { digestBodyWithNode } from './digest-body-with-node.ts';
import { sendBodyWithHttp } from './send-body-with-http.ts';
import { type UploadFileOptions, uploadFile } from './upload-file.ts';
import type { UploadProgress } from './upload-progress.ts';
import { wholeDigestWithNode } from './whole-digest-with-node.ts';

const partBytes = 1024 ** 2;
const largeBytes = 24 * partBytes;
const patience = { firstDelaySeconds: 0.01, longestDelaySeconds: 0.02, stallSeconds: 5, answerSeconds: 5 };
const bytes = randomBytes(9.5 * partBytes);
const file = new File([bytes], 'large.csv', { type: 'text/csv' });
const partNumbers = Array.from({ length: 10 }, (_, index) => index + 1);

let storage: StorageServer;
beforeAll(async () => {
  storage = await startStorageServer();
});
beforeEach(() => {
  storage.received.length = 0;
  storage.mostAtOnce = 0;
  storage.script();
});
afterAll(() => storage[Symbol.asyncDispose]());

function start(port: RecordingPort, more: Partial<UploadFileOptions> = {}) {
  const inNode = { sendBody: sendBodyWithHttp, digestBody: digestBodyWithNode, wholeDigest: wholeDigestWithNode };
  return uploadFile({ file, port, ...inNode, ...more, patience: { ...patience, ...more.patience } });
}

const newPort = () => new RecordingPort(storage, partBytes);
const paths = () => storage.received.map(({ path }) => path);

describe('an upload in parts', () => {
  it('sends every part once, whole, with its own digests, and has it confirmed', async () => {
    const port = newPort();
    expect(await start(port)).toEqual({ uploadId: 'u1' });
    expect(paths().toSorted()).toEqual(partNumbers.map((number) => `/part-${number}`).toSorted());
    for (const { path, bytes: received, headers } of storage.received) {
      const index = Number(path.slice('/part-'.length)) - 1;
      const part = bytes.subarray(index * partBytes, (index + 1) * partBytes);
      expect(received).toBe(part.length);
      expect(headers).toMatchObject({
        'content-length': String(part.length),
        'content-md5': createHash('md5').update(part).digest('base64'),
        'x-amz-checksum-sha256': createHash('sha256').update(part).digest('base64'),
      });
      expect(headers).not.toHaveProperty('content-type');
    }
    expect(port.calls.filter((call) => call === 'complete u1')).toHaveLength(1);
    expect(port.calls.at(-1)).toBe('complete u1');
    expect(port.wholes).toEqual([createHash('sha256').update(bytes).digest('base64')]);
  });

  it('has four parts in flight, the next ones signed, and no more than those', async () => {
    const release = Promise.withResolvers<void>();
    storage.script(...partNumbers.map(() => hold(() => release.promise)));
    const port = newPort();
    const upload = start(port);
    await vi.waitFor(() => expect(storage.received).toHaveLength(4), 10_000);
    await vi.waitFor(() => expect(port.signed.size).toBe(9), 10_000);
    await wait(100);
    expect([storage.received.length, port.signed.size]).toEqual([4, 9]);
    release.resolve();
    await upload;
    expect(storage.mostAtOnce).toBe(4);
  });

  it('asks for the first signature alone and then for several at once', async () => {
    const port = newPort();
    await start(port);
    const asked = port.calls.filter((call) => call.startsWith('signParts'));
    expect(asked).toEqual(['signParts u1 1', 'signParts u1 2 3 4 5', 'signParts u1 6 7 8 9', 'signParts u1 10']);
  });

  it('shares its connections with other uploads', async () => {
    const release = Promise.withResolvers<void>();
    storage.script(...partNumbers.map(() => hold(() => release.promise)));
    const connections = createConnectionBudget(3);
    const uploads = [start(newPort(), { connections }), start(newPort(), { connections })];
    await vi.waitFor(() => expect(storage.received).toHaveLength(3), 10_000);
    release.resolve();
    await Promise.all(uploads);
    expect(storage.received).toHaveLength(20);
    expect(storage.mostAtOnce).toBe(3);
  });

  it.each([
    ['a reset', reset],
    ['a 503', answer(503, 'SlowDown')],
    ['bytes damaged on their way', answer(400, 'BadDigest')],
    ['an answer that was lost', storeWithoutAnswer],
  ])('sends one part again after %s, and only that', async (_, failure) => {
    storage.script(answer(200), failure);
    await start(newPort());
    expect(storage.received).toHaveLength(partNumbers.length + 1);
    expect(new Set(paths()).size).toBe(partNumbers.length);
  });

  it('has one part signed again when its URL was refused, once', async () => {
    storage.script(answer(200), answer(403, 'AccessDenied'));
    const port = newPort();
    await start(port);
    expect(paths().filter((path) => path.endsWith('-again'))).toHaveLength(1);
    expect(port.calls).not.toContain('abort u1');
  });

  it('asks again for signatures while the server is away', async () => {
    const port = newPort();
    port.failSignings = [new HikyakuError('network', { retriable: true })];
    await start(port);
    expect(port.signed.size).toBe(partNumbers.length);
  });

  it('reports progress of all parts together, which falls by no more than the part that is sent again', async () => {
    storage.script(answer(200), answer(200), answer(503));
    const progress: UploadProgress[] = [];
    await start(newPort(), { onProgress: (p) => progress.push(p), connections: createConnectionBudget(1) });
    expect([...new Set(progress.map(({ phase }) => phase))]).toEqual(['preparing', 'sending', 'confirming', 'done']);
    expect(progress.at(-1)).toMatchObject({ sentBytes: file.size, totalBytes: file.size });
    progress.reduce((before, { sentBytes }) => {
      expect(before - sentBytes).toBeLessThanOrEqual(partBytes);
      expect(sentBytes).toBeLessThanOrEqual(file.size);
      return sentBytes;
    }, 0);
  });

  it('says that it prepares until the first byte goes', async () => {
    const phases: UploadProgress[] = [];
    const digested = Promise.withResolvers<void>();
    const upload = start(newPort(), {
      file: largerFile(),
      onProgress: (p) => phases.push(p),
      digestBody: async (body) => {
        await digested.promise;
        return digestBodyWithNode(body);
      },
    });
    await vi.waitFor(() => expect(phases.at(-1)?.uploadId).toBe('u1'), 10_000);
    expect(phases.at(-1)?.phase).toBe('preparing');
    digested.resolve();
    await upload;
  });

  it('reads no more than the parts in flight and those to come', async () => {
    const release = Promise.withResolvers<void>();
    storage.script(...partNumbers.map(() => hold(() => release.promise)));
    let digested = 0;
    let atOnce = 0;
    let mostAtOnce = 0;
    const upload = start(newPort(), {
      digestBody: async (body) => {
        digested += 1;
        mostAtOnce = Math.max(mostAtOnce, (atOnce += 1));
        const digest = await digestBodyWithNode(body);
        atOnce -= 1;
        return digest;
      },
      file: largerFile(),
    });
    await vi.waitFor(() => expect(storage.received).toHaveLength(4), 10_000);
    await wait(100);
    expect(digested).toBeLessThan(20);
    release.resolve();
    await upload;
    expect(mostAtOnce).toBe(1);
  });
});

describe('a part that fails for good', () => {
  it('stops the others and closes the upload', async () => {
    storage.script(readSlowly, readSlowly, answer(400, 'InvalidRequest'), readSlowly);
    const port = new RecordingPort(storage, largeBytes);
    const upload = start(port, { file: fileOfLargeParts(5), digestBody: anyDigest });
    await expect(upload).rejects.toMatchObject({ code: 'storage-refused' });
    expect(port.calls.at(-1)).toBe('abort u1');
    await vi.waitFor(() => expect(storage.received.filter(({ cut }) => cut)).toHaveLength(3), 10_000);
    expect(storage.received).toHaveLength(4);
    expect(port.calls).not.toContain('complete u1');
  });

  it('is told as a file that changed when it can no longer be read', async () => {
    const port = newPort();
    const digestBody = async (body: Blob) => {
      if (port.signed.size > 2) throw new DOMException('moved', 'NotReadableError');
      return digestBodyWithNode(body);
    };
    await expect(start(port, { file: largerFile(), digestBody })).rejects.toMatchObject({
      code: 'file-changed',
    });
    expect(port.calls.at(-1)).toBe('abort u1');
  });

  it('leaves an upload open that could not be confirmed: its bytes are there', async () => {
    const port = newPort();
    port.failCompletes = [new HikyakuError('object-missing')];
    await expect(start(port)).rejects.toMatchObject({ code: 'object-missing' });
    expect(port.calls).not.toContain('abort u1');
  });
});

describe('a cancel', () => {
  it('stops every part at once, starts no other, and closes the upload', async () => {
    storage.script(...Array.from({ length: 4 }, () => readSlowly));
    const port = new RecordingPort(storage, largeBytes);
    const cancel = new AbortController();
    const upload = start(port, { file: fileOfLargeParts(5), digestBody: anyDigest, signal: cancel.signal });
    const outcome = expect(upload).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(storage.received.filter(({ bytes }) => bytes > 0)).toHaveLength(4), 10_000);
    cancel.abort();
    await outcome;
    expect(port.calls.filter((call) => call === 'abort u1')).toHaveLength(1);
    const signed = port.signed.size;
    await vi.waitFor(() => expect(storage.received.filter(({ cut }) => cut)).toHaveLength(4), 10_000);
    expect(storage.received).toHaveLength(4);
    expect(port.signed.size).toBe(signed);
    expect(port.calls).not.toContain('complete u1');
  });

  it('while the first part is digested sends nothing', async () => {
    const cancel = new AbortController();
    const port = newPort();
    const outcome = expect(
      start(port, { file: largerFile(), signal: cancel.signal, digestBody: () => new Promise(() => {}) }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(port.calls).toHaveLength(1), 10_000);
    cancel.abort();
    await outcome;
    expect(port.calls.at(-1)).toBe('abort u1');
    expect(storage.received).toEqual([]);
  });
});

/** In no time, so that all parts fly before the first has arrived. */
const anyDigest = () => Promise.resolve({ md5: 'm', sha256: 's' });

/** Too large to be digested as a whole. */
function largerFile(): File {
  return new File([new Uint8Array(40 * partBytes)], 'larger.csv');
}

/** Parts larger than what the sockets between us and the server hold. */
function fileOfLargeParts(count: number): File {
  return new File([new Uint8Array(count * largeBytes)], 'large-parts.csv');
}

describe('going on with what an earlier try has sent', () => {
  const sentParts = [1, 2, 5].map((partNumber) => ({
    partNumber,
    sizeBytes: partBytes,
    digest: digestsOf(partOf(partNumber)),
  }));

  const begun = { uploadId: 'u1', method: 'multipart', partSizeBytes: partBytes } as const;

  it('sends what is missing alone, and counts all of it', async () => {
    const port = newPort();
    port.sentParts = sentParts;
    const progress: UploadProgress[] = [];
    await start(port, { begun, onProgress: (p) => progress.push(p) });
    expect(paths().toSorted()).toEqual([3, 4, 6, 7, 8, 9, 10].map((number) => `/part-${number}`).toSorted());
    expect(progress.at(-1)).toMatchObject({ phase: 'done', sentBytes: bytes.length });
    expect(port.calls.filter((call) => call.startsWith('create'))).toEqual([]);
  });

  it('sends a part again whose bytes are others now', async () => {
    const port = newPort();
    port.sentParts = sentParts.map((part) =>
      part.partNumber === 2 ? { ...part, digest: digestsOf(partOf(3)) } : part,
    );
    await start(port, { begun });
    expect(paths()).toContain('/part-2');
    expect(paths()).not.toContain('/part-1');
  });

  it('cancelled before storage has told what it has closes the upload all the same', async () => {
    const port = newPort();
    port.listSentParts = () => new Promise(() => {});
    const cancel = new AbortController();
    const upload = start(port, { begun, signal: cancel.signal });
    setTimeout(() => cancel.abort(), 20);
    await expect(upload).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(port.calls).toEqual(['abort u1']), 10_000);
  });

  it('of what is over without a file begins a new upload', async () => {
    const port = newPort();
    port.isOver = true;
    port.failCompletes = [new HikyakuError('upload-not-open')];
    await start(port, { begun });
    expect(port.calls.slice(0, 3)).toEqual(['listSentParts u1', 'complete u1', expect.stringMatching(/^create/)]);
    expect(paths()).toHaveLength(10);
  });

  it('of what has arrived after all sends nothing', async () => {
    const port = newPort();
    port.isOver = true;
    expect(await start(port, { begun })).toEqual({ uploadId: 'u1' });
    expect([paths(), port.calls]).toEqual([[], ['listSentParts u1', 'complete u1']]);
  });

  it('after a pause goes on where the bytes stopped; a pause closes nothing', async () => {
    storage.script(
      ...partNumbers.slice(0, 3).map(() => answer(200)),
      ...partNumbers.map(() => hold(() => new Promise(() => {}))),
    );
    const port = newPort();
    const pause = new AbortController();
    const kept: unknown[] = [];
    const upload = start(port, { signal: pause.signal, onBegun: (one) => kept.push(one) });
    const outcome = expect(upload).rejects.toBeInstanceOf(UploadPaused);
    await vi.waitFor(() => expect(storage.received).toHaveLength(7), 10_000);
    pause.abort(new UploadPaused());
    await outcome;
    expect([kept, port.calls.filter((call) => call.startsWith('abort'))]).toEqual([[begun], []]);
  });

  it('of what is stored already sends nothing and completes nothing', async () => {
    const port = newPort();
    port.isStored = true;
    expect(await start(port)).toEqual({ uploadId: 'u1' });
    expect([paths(), port.calls.filter((call) => !call.startsWith('create'))]).toEqual([[], []]);
  });
});

describe('a line that broke', () => {
  it('leaves the upload open: the parts that are there need not be sent again', async () => {
    // Its own: what is cut off is heard of late.
    await using own = await startStorageServer();
    own.script(...Array.from({ length: 40 }, () => reset));
    const port = new RecordingPort(own, partBytes);
    await expect(start(port)).rejects.toMatchObject({ code: 'network' });
    expect(port.calls.filter((call) => call.startsWith('abort'))).toEqual([]);
  });
});

function partOf(number: number): Buffer {
  return bytes.subarray((number - 1) * partBytes, number * partBytes);
}

function digestsOf(part: Buffer) {
  return {
    md5: createHash('md5').update(part).digest('base64'),
    sha256: createHash('sha256').update(part).digest('base64'),
  };
}
