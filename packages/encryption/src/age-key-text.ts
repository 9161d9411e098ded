import { HikyakuError } from '@hikyaku/types';
import { decodeBech32, encodeBech32 } from './bech32.ts';

// For browsers too: no module of Node's.

const identityPrefix = 'age-secret-key-';
const recipientPrefix = 'age';
const keyBytes = 32;

/** `AGE-SECRET-KEY-1…` */
export function writeIdentity(raw: Uint8Array): string {
  return encodeBech32(identityPrefix, raw).toUpperCase();
}

/** `age1…` */
export function writeRecipient(raw: Uint8Array): string {
  return encodeBech32(recipientPrefix, raw);
}

/** Undefined for what isn't one. */
export function rawIdentity(text: string): Uint8Array | undefined {
  return rawKey(text, identityPrefix);
}

/** @throws HikyakuError `invalid-input` for what isn't one */
export function rawRecipient(text: string): Uint8Array {
  const raw = rawKey(text, recipientPrefix);
  if (!raw) throw new HikyakuError('invalid-input', { details: { field: 'recipient' } });
  return raw;
}

function rawKey(text: string, prefix: string): Uint8Array | undefined {
  const decoded = decodeBech32(text);
  return decoded?.prefix === prefix && decoded.bytes.length === keyBytes ? decoded.bytes : undefined;
}
