import type { BodyDigest } from '@hikyaku/types';
import { sha256 as sha256InJavaScript } from '@noble/hashes/sha2.js';
import { md5 } from 'js-md5';

/** Browsers give WebCrypto to pages on https and on the own machine only. */
export const hasWebCrypto = 'subtle' in crypto;

/** MD5 is the pure JavaScript that comes near WebAssembly (500 MiB/s). */
export async function digestBytes(bytes: Uint8Array<ArrayBuffer>, useWebCrypto: boolean): Promise<BodyDigest> {
  const sha256 = useWebCrypto ? await sha256WithWebCrypto(bytes) : sha256InJavaScript(bytes);
  return { md5: md5.base64(bytes), sha256: inBase64(sha256) };
}

async function sha256WithWebCrypto(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function inBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
