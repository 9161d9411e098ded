import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import { damaged } from '../damaged.ts';

export interface SessionKey {
  data: Uint8Array;
  /** As openpgp.js names it; null where the message says it elsewhere. */
  algorithm: string | null;
}

const blockBytes = 16;
/** Random bytes of one block, and the last two of them again. */
const prefixBytes = blockBytes + 2;
/** Tag and length of the packet that ends the plain text, and a SHA-1 of everything before. */
const codeHeader = Buffer.from([0xd3, 0x14]);
const codeBytes = codeHeader.length + 20;
const ciphers: Record<string, string> = { aes128: 'aes-128-cfb', aes192: 'aes-192-cfb', aes256: 'aes-256-cfb' };
const zeros = Buffer.alloc(blockBytes);

/** Whether the platform decrypts what this key is for. */
export function canOpenWith({ algorithm }: SessionKey): boolean {
  return algorithm !== null && algorithm in ciphers;
}

/** Which of the keys the first bytes fit: of a wrong passphrase, one in 65,536 does. */
export function fittingKey(keys: readonly SessionKey[], firstBytes: Uint8Array): SessionKey | undefined {
  return keys.filter(canOpenWith).find((key) => {
    const prefix = decipherFor(key).update(firstBytes.subarray(0, prefixBytes));
    return prefix.subarray(blockBytes).equals(prefix.subarray(blockBytes - 2, blockBytes));
  });
}

/**
 * The packets inside a "symmetrically encrypted and integrity protected data" packet of version 1 (RFC 9580, 5.13.1), as
 * they stream by. They are known to be authentic when the generator has ended without throwing.
 *
 * @param body without its version
 * @throws HikyakuError damaged-encryption: what was written isn't what is read; errors of the body as they are
 */
export async function* openIntegrityProtected(
  body: AsyncIterable<Uint8Array>,
  key: SessionKey,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decipher = decipherFor(key);
  const hash = createHash('sha1');
  let skipped = 0;
  /** What may be the end: too short to be given out. */
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of body) {
    const plain = Buffer.concat([held, decipher.update(chunk)]);
    const whole = Math.max(0, plain.length - codeBytes);
    held = plain.subarray(whole);
    hash.update(plain.subarray(0, whole));
    const start = Math.min(whole, prefixBytes - skipped);
    skipped += start;
    if (start < whole) yield plain.subarray(start, whole);
  }
  if (held.length < codeBytes || skipped < prefixBytes) throw damaged('truncated');
  const header = held.subarray(0, codeHeader.length);
  if (!header.equals(codeHeader)) throw damaged('payload');
  if (!timingSafeEqual(hash.update(header).digest(), held.subarray(codeHeader.length))) throw damaged('payload');
}

function decipherFor({ data, algorithm }: SessionKey) {
  return createDecipheriv(ciphers[algorithm ?? ''] ?? '', data, zeros);
}
