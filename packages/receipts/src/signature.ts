import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';
import { fromBase64Url } from './base64url.ts';

/** The one header there is: what is signed says by which key, and can't ask for another algorithm. */
const signatureHeader = z.strictObject({
  alg: z.literal('EdDSA'),
  kid: z.string(),
  typ: z.literal('hikyaku-receipt'),
});

export interface ReadSignature {
  keyId: string;
  /** Signed by nobody yet: see `isSignedBy`. */
  payload: unknown;
  isSignedBy(publicKey: Uint8Array): boolean;
}

/** Takes a compact JWS apart; undefined where it is none of ours. */
export function readSignature(jws: string): ReadSignature | undefined {
  const [header, payload, signature, ...rest] = jws.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) return undefined;
  const bytes = fromBase64Url(signature);
  const { data: read } = signatureHeader.safeParse(readJson(header));
  if (!read || bytes?.length !== 64) return undefined;
  const signed = new TextEncoder().encode(`${header}.${payload}`);
  return {
    keyId: read.kid,
    payload: readJson(payload),
    isSignedBy: (publicKey) => ed25519.verify(bytes, signed, publicKey, { zip215: false }),
  };
}

function readJson(part: string): unknown {
  const bytes = fromBase64Url(part);
  if (!bytes) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
