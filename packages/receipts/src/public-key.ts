import { sha256 } from '@noble/hashes/sha2.js';
import { z } from 'zod';
import { fromBase64Url, toBase64Url } from './base64url.ts';

/** One public key as it is published: a JWK of RFC 8037. */
const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  /** 32 bytes. */
  x: z.string(),
  kid: z.string(),
});

/** What a deployment publishes: a JWK Set with the name of whoever its keys speak for. */
const publishedKeys = z.object({ issuer: z.url(), keys: z.array(z.unknown()).max(1_000) });
export type PublishedKeys = { issuer: string; keys: (z.infer<typeof publicKey> & { use: 'sig'; alg: 'EdDSA' })[] };

/** Whose receipts are believed, by key id. */
export interface TrustedKeys {
  issuer: string;
  keys: ReadonlyMap<string, Uint8Array>;
}

/** A key's name is made of the key (RFC 7638), so that no other key can have it. */
export function keyIdOf(x: string): string {
  return toBase64Url(sha256(new TextEncoder().encode(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)));
}

/** Undefined where it is no set of keys. Keys of other kinds are passed over, and so is one under a name that is not its own. */
export function readPublishedKeys(value: unknown): TrustedKeys | undefined {
  const { data: found } = publishedKeys.safeParse(value);
  if (!found) return undefined;
  const keys = new Map<string, Uint8Array>();
  for (const one of found.keys) {
    const { data: key } = publicKey.safeParse(one);
    const bytes = key && fromBase64Url(key.x);
    if (bytes?.length === 32 && keyIdOf(key?.x ?? '') === key?.kid) keys.set(key.kid, bytes);
  }
  return keys.size === 0 ? undefined : { issuer: found.issuer, keys };
}
