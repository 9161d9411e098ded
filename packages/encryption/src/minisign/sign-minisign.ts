import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';

export interface MinisignKeyPair {
  /** `RW…`, what `minisign -P` and `confirmMinisign` take. */
  publicKey: string;
  keyId: Buffer;
  /** A secret: never logged, never in the database. */
  privateKey: KeyObject;
}

/** DER in front of a raw Ed25519 key: RFC 8410. */
const spkiPrefixBytes = 12;

export function createMinisignKeyPair(): MinisignKeyPair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const keyId = randomBytes(8);
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(spkiPrefixBytes);
  return { publicKey: Buffer.concat([Buffer.from('Ed'), keyId, raw]).toString('base64'), keyId, privateKey };
}

/**
 * The `.minisig` file for these bytes, pre-hashed, so that any file can be signed and checked as it streams by.
 *
 * @param trustedComment one line; signed as well
 * @throws HikyakuError `invalid-input` for a comment of more lines
 */
export async function signMinisign(
  source: AsyncIterable<Uint8Array>,
  { keyId, privateKey }: MinisignKeyPair,
  trustedComment: string,
): Promise<Buffer> {
  if (/[\r\n]/.test(trustedComment)) throw new HikyakuError('invalid-input', { details: { field: 'comment' } });
  const hash = createHash('blake2b512');
  for await (const chunk of source) hash.update(chunk);
  const signature = sign(null, hash.digest(), privateKey);
  const globalSignature = sign(null, Buffer.concat([signature, Buffer.from(trustedComment)]), privateKey);
  const lines = [
    'untrusted comment: signature made by Hikyaku',
    Buffer.concat([Buffer.from('ED'), keyId, signature]).toString('base64'),
    `trusted comment: ${trustedComment}`,
    globalSignature.toString('base64'),
  ];
  return Buffer.from(`${lines.join('\n')}\n`);
}
