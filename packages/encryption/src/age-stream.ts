// For browsers too: no module of Node's.

/** STREAM of the specification: every chunk but the last holds exactly this much plain text. */
export const plainChunkBytes = 64 * 1024;
export const tagBytes = 16;
export const sealedChunkBytes = plainChunkBytes + tagBytes;
export const payloadNonceBytes = 16;

/** What HKDF makes of the file key, by its `info`. */
export const headerMacLabel = 'header';
export const payloadKeyLabel = 'payload';

const nonceBytes = 12;
const lastChunkFlag = 11;
/** Counters of 11 bytes are not reached by any file: 2^48 chunks are 16 EiB. */
const counterLimit = 2 ** 48;

/** A file without a byte has one chunk too. */
export function chunkCountOf(plainBytes: number): number {
  return Math.max(Math.ceil(plainBytes / plainChunkBytes), 1);
}

export function chunkNonce(counter: number, isLast: boolean): Uint8Array {
  if (counter >= counterLimit) throw new RangeError('more chunks than a file can have');
  const nonce = new Uint8Array(nonceBytes);
  const view = new DataView(nonce.buffer);
  view.setUint16(lastChunkFlag - 6, Math.floor(counter / 2 ** 32));
  view.setUint32(lastChunkFlag - 4, counter % 2 ** 32);
  if (isLast) nonce[lastChunkFlag] = 1;
  return nonce;
}
