import type { BodyDigest } from '@hikyaku/types';
import { sha256 as sha256InJavaScript } from '@noble/hashes/sha2.js';
import { md5 } from 'js-md5';
import type { DigestBody } from './digest-body.ts';
import { readBody } from './read-body.ts';

/** Browsers give WebCrypto to pages on https and on the own machine only. */
const hasWebCrypto = 'subtle' in crypto;

/**
 * Computes on the thread that calls it, one body after the other in the same memory: as large as the largest body, however
 * many there are. MD5 is the pure JavaScript that comes near WebAssembly (500 MiB/s).
 */
export function createMemoryDigester(useWebCrypto: boolean = hasWebCrypto): DigestBody {
  let memory = new ArrayBuffer(0);
  let turn: Promise<unknown> = Promise.resolve();
  const digestNext = async (body: Blob): Promise<BodyDigest> => {
    const bytes = await readBody(body, memory);
    memory = bytes.buffer;
    const sha256 = useWebCrypto ? await sha256WithWebCrypto(bytes) : sha256InJavaScript(bytes);
    return { md5: md5.base64(bytes), sha256: inBase64(sha256) };
  };
  return (body) => {
    const digest = turn.then(() => digestNext(body));
    turn = digest.catch(() => {});
    return digest;
  };
}

async function sha256WithWebCrypto(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function inBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
