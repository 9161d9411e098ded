import { createHash, randomBytes } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, hold, reset, startStorageServer, type StorageServer } from '../test/storage-server.ts';
import type { PartToSign } from './upload-port.ts';
import { type StreamPort, uploadStream } from './upload-stream.ts';

const partBytes = 256 * 1024;
const patience = { firstDelaySeconds: 0.01, longestDelaySeconds: 0.02, stallSeconds: 5, answerSeconds: 5 };
const bytes = randomBytes(10.5 * partBytes);

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

class RecordingStreamPort implements StreamPort {
  readonly calls: string[] = [];
  readonly signed: PartToSign[] = [];
  whole: string | undefined;
  failCompletes: HikyakuError[] = [];
  readonly #created: Awaited<ReturnType<StreamPort['create']>>;

  constructor(created: Awaited<ReturnType<StreamPort['create']>> = { uploadId: 'u1', partSizeBytes: partBytes }) {
    this.#created = created;
  }
  async create() {
    this.calls.push('create');
    return this.#created;
  }
  async signParts(_uploadId: string, parts: PartToSign[]) {
    this.signed.push(...parts);
    return parts.map(({ partNumber }) => ({ partNumber, put: storage.put(`part-${partNumber}`) }));
  }
  async complete(uploadId: string, sizeBytes: number, sha256: string | undefined) {
    this.calls.push(`complete ${uploadId} ${sizeBytes}`);
    this.whole = sha256;
    const failure = this.failCompletes.shift();
    if (failure) throw failure;
  }
  async abort(uploadId: string) {
    this.calls.push(`abort ${uploadId}`);
  }
}

/** In one buffer that is used again and again, as sources of files do. */
async function* inPieces(source: Buffer, pieceBytes: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(pieceBytes);
  for (let start = 0; start < source.length; start += pieceBytes) {
    const piece = source.subarray(start, start + pieceBytes);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
  }
}

describe('a stream', () => {
  it.each([
    ['smaller than a part', 10_007],
    ['larger than a part', 3 * partBytes + 1],
    ['of one part', partBytes],
  ])(
    'in pieces %s goes in whole parts with their digests, and its length is told in the end',
    async (_, pieceBytes) => {
      const port = new RecordingStreamPort();
      const sent = await uploadStream({ stream: inPieces(bytes, pieceBytes), port, patience });
      expect(sent).toEqual({ uploadId: 'u1', sizeBytes: bytes.length });
      expect(port.calls).toEqual(['create', `complete u1 ${bytes.length}`]);
      expect(port.whole).toBe(createHash('sha256').update(bytes).digest('base64'));
      const parts = Array.from({ length: 11 }, (_part, index) =>
        bytes.subarray(index * partBytes, (index + 1) * partBytes),
      );
      expect(port.signed.toSorted((a, b) => a.partNumber - b.partNumber)).toEqual(
        parts.map((part, index) => ({
          partNumber: index + 1,
          sizeBytes: part.length,
          digest: {
            md5: createHash('md5').update(part).digest('base64'),
            sha256: createHash('sha256').update(part).digest('base64'),
          },
        })),
      );
      expect(storage.received.reduce((sum, received) => sum + received.bytes, 0)).toBe(bytes.length);
    },
  );

  it('is read no further ahead than the parts that fly and a few more', async () => {
    const release = Promise.withResolvers<void>();
    storage.script(...Array.from({ length: 40 }, () => hold(() => release.promise)));
    let asked = 0;
    async function* endless() {
      for (; asked < 40; asked += 1) yield new Uint8Array(partBytes);
    }
    const upload = uploadStream({ stream: endless(), port: new RecordingStreamPort(), patience });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(asked).toBeLessThanOrEqual(12);
    release.resolve();
    await upload;
    expect(storage.mostAtOnce).toBe(4);
  });

  it('goes on after a reset and a 503 of one part', async () => {
    storage.script(reset, answer(503, 'SlowDown'));
    const port = new RecordingStreamPort();
    await uploadStream({ stream: inPieces(bytes, partBytes), port, patience });
    expect(port.calls.at(-1)).toBe(`complete u1 ${bytes.length}`);
  });

  it('without a byte is empty: nothing is completed, the upload is closed', async () => {
    const port = new RecordingStreamPort();
    const upload = uploadStream({ stream: inPieces(Buffer.alloc(0), 1), port, patience });
    await expect(upload).rejects.toMatchObject({ code: 'empty-file' });
    expect(port.calls).toEqual(['create', 'abort u1']);
  });

  it('that breaks off is never taken for its end: the upload is closed', async () => {
    const broken = new Error('the program before the pipe has died');
    async function* breaking() {
      yield bytes.subarray(0, partBytes + 1);
      throw broken;
    }
    const port = new RecordingStreamPort();
    await expect(uploadStream({ stream: breaking(), port, patience })).rejects.toBe(broken);
    expect(port.calls).toEqual(['create', 'abort u1']);
  });

  describe('whose source says nothing any more', () => {
    it('ends at once when it is cancelled', async () => {
      const cancel = new AbortController();
      const port = new RecordingStreamPort();
      const upload = uploadStream({ stream: quiet(), port, patience, signal: cancel.signal });
      await vi.waitFor(() => expect(storage.received.length).toBeGreaterThan(0));
      cancel.abort(new Error('enough'));
      await expect(upload).rejects.toThrow('enough');
      expect(port.calls).toEqual(['create', 'abort u1']);
    });

    it('ends at once when a part fails for good', async () => {
      storage.script(answer(400, 'InvalidRequest'));
      const port = new RecordingStreamPort();
      await expect(uploadStream({ stream: quiet(), port, patience })).rejects.toMatchObject({
        code: 'storage-refused',
      });
      expect(port.calls).toEqual(['create', 'abort u1']);
    });
  });

  it('that could not be confirmed is left open: it may have arrived', async () => {
    const port = new RecordingStreamPort();
    port.failCompletes = [new HikyakuError('upload-not-open')];
    const upload = uploadStream({ stream: inPieces(bytes, partBytes), port, patience });
    await expect(upload).rejects.toMatchObject({ code: 'upload-not-open' });
    expect(port.calls).not.toContain('abort u1');
  });

  it('that the server has already is not read', async () => {
    const port = new RecordingStreamPort({ uploadId: 'u0', method: 'stored' });
    let isRead = false;
    async function* unread() {
      isRead = true;
      yield bytes;
    }
    expect(await uploadStream({ stream: unread(), port, patience })).toEqual({ uploadId: 'u0', sizeBytes: undefined });
    expect([isRead, port.calls]).toEqual([false, ['create']]);
  });

  it('cancelled closes the upload and tells the reason', async () => {
    storage.script(...Array.from({ length: 8 }, () => hold(() => new Promise(() => {}))));
    const cancel = new AbortController();
    const port = new RecordingStreamPort();
    const upload = uploadStream({ stream: inPieces(bytes, partBytes), port, patience, signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error('enough')), 100);
    await expect(upload).rejects.toThrow('enough');
    expect(port.calls).toEqual(['create', 'abort u1']);
  });
});

async function* quiet() {
  yield bytes.subarray(0, 2 * partBytes);
  await new Promise(() => {});
}
