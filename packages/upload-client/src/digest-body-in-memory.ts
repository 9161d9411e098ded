import { sha256 as sha256InJavaScript } from '@noble/hashes/sha2.js';
import { md5 } from 'js-md5';
import type { BodyDigest } from '@hikyaku/types';

/** Browsers give WebCrypto to pages on https and on the own machine only. */
const hasWebCrypto = 'subtle' in crypto;

/** Computes on the thread that calls it. MD5 is the pure JavaScript of six tried that comes near WebAssembly (500 MiB/s). */
export async function digestBodyInMemory(body: Blob, useWebCrypto: boolean = hasWebCrypto): Promise<BodyDigest> {
  const bytes = new Uint8Array(await body.arrayBuffer());
  return {
    md5: md5.base64(bytes),
    sha256: inBase64(useWebCrypto ? await sha256WithWebCrypto(bytes) : sha256InJavaScript(bytes)),
  };
}

async function sha256WithWebCrypto(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function inBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
