import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { HikyakuError } from '@hikyaku/types';
import { chunkCountOf, chunkNonce, plainChunkBytes, sealedChunkBytes, tagBytes } from '../age-stream.ts';
import type { Sealing } from './sealing.ts';

/** The bytes of the open file from `start` to before `end`. What it hands out is used before it is asked again. */
export type ReadPlain = (start: number, end: number) => Promise<Uint8Array>;

/** Read at once: a read of each 64 KiB costs more than their encryption. */
const chunksPerRead = 16;

/**
 * The bytes of the age file from `start` to before `end`, by encrypting the chunks they lie in: the same every time, while the
 * file stays the same. Holds the result and 1 MiB more.
 *
 * @param memory is used for the result where it is large enough
 * @throws HikyakuError `size-mismatch` where the file has another length than it had; what reading throws
 */
export async function sealRange(
  { head, payloadKey, plainBytes, sealedBytes }: Sealing,
  readPlain: ReadPlain,
  { start, end }: { start: number; end: number },
  memory: ArrayBuffer = new ArrayBuffer(0),
): Promise<Uint8Array<ArrayBuffer>> {
  if (start < 0 || end > sealedBytes || start > end) throw new RangeError('beyond the age file');
  const length = end - start;
  const sealed = new Uint8Array(memory.byteLength >= length ? memory : new ArrayBuffer(length), 0, length);
  const chunk = new Uint8Array(sealedChunkBytes);
  const put = (bytes: Uint8Array, at: number) => {
    const part = bytes.subarray(Math.max(start - at, 0), Math.max(end - at, 0));
    sealed.set(part, Math.max(at - start, 0));
  };

  if (start < head.length) put(head, 0);
  const chunks = chunkCountOf(plainBytes);
  const first = Math.floor(Math.max(start - head.length, 0) / sealedChunkBytes);
  const behind = Math.ceil(Math.max(end - head.length, 0) / sealedChunkBytes);
  for (let read = first; read < behind; read += chunksPerRead) {
    const last = Math.min(read + chunksPerRead, behind);
    const plainStart = read * plainChunkBytes;
    const plain = await readWhole(readPlain, plainStart, Math.min(last * plainChunkBytes, plainBytes));
    for (let counter = read; counter < last; counter += 1) {
      const from = counter * plainChunkBytes - plainStart;
      const open = plain.subarray(from, from + plainChunkBytes);
      const target = chunk.subarray(0, open.length + tagBytes);
      chacha20poly1305(payloadKey, chunkNonce(counter, counter === chunks - 1)).encrypt(open, target);
      put(target, head.length + counter * sealedChunkBytes);
    }
  }
  return sealed;
}

async function readWhole(readPlain: ReadPlain, start: number, end: number): Promise<Uint8Array> {
  const plain = await readPlain(start, end);
  if (plain.length !== end - start) throw new HikyakuError('size-mismatch');
  return plain;
}
