import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** STREAM of the specification: every chunk but the last holds exactly this much plain text. */
export const plainChunkBytes = 64 * 1024;
export const tagBytes = 16;
export const payloadNonceBytes = 16;

const lastChunkFlag = 11;
/** Counters of 11 bytes are not reached by any file: 2^48 chunks are 16 EiB. */
const counterLimit = 2 ** 48;

export function headerMac(fileKey: Uint8Array, authenticated: Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', fileKey, Buffer.alloc(0), 'header', 32));
  return createHmac('sha256', key).update(authenticated).digest();
}

/** An object of Node's and not its bytes: those would be taken over anew for each chunk, which costs a sixth of the work. */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', fileKey, nonce, 'payload', 32)));
}

export function sealChunk(key: KeyObject, counter: number, isLast: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, chunkNonce(counter, isLast), { authTagLength: tagBytes });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The plain text, or undefined where the chunk isn't what it was written as: nothing of it is handed out before that is known. */
export function openChunk(key: KeyObject, counter: number, isLast: boolean, sealed: Uint8Array): Buffer | undefined {
  const decipher = createDecipheriv('chacha20-poly1305', key, chunkNonce(counter, isLast), { authTagLength: tagBytes });
  const end = sealed.length - tagBytes;
  decipher.setAuthTag(sealed.subarray(end));
  const plain = decipher.update(sealed.subarray(0, end));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain;
}

function chunkNonce(counter: number, isLast: boolean): Buffer {
  if (counter >= counterLimit) throw new RangeError('more chunks than a file can have');
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(counter, 5, 6);
  if (isLast) nonce[lastChunkFlag] = 1;
  return nonce;
}
