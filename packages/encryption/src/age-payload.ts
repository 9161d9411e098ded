import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { chunkNonce, headerMacLabel, payloadKeyLabel, tagBytes } from './age-stream.ts';

export function headerMac(fileKey: Uint8Array, authenticated: Uint8Array): Buffer {
  const key = Buffer.from(hkdfSync('sha256', fileKey, Buffer.alloc(0), headerMacLabel, 32));
  return createHmac('sha256', key).update(authenticated).digest();
}

/** An object of Node's and not its bytes: those would be taken over anew for each chunk, which costs a sixth of the work. */
export function payloadKey(fileKey: Uint8Array, nonce: Uint8Array): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', fileKey, nonce, payloadKeyLabel, 32)));
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
