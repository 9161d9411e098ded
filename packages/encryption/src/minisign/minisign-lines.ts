import { createPublicKey, type KeyObject } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { invalidSignature } from '../invalid-signature.ts';

/** `Ed`: over the message itself. `ED`: over its BLAKE2b-512. */
type MinisignAlgorithm = 'Ed' | 'ED';

export interface MinisignPublicKey {
  /** Eight bytes in hexadecimal, as `minisign` prints them: it names a key and proves nothing. */
  keyId: string;
  key: KeyObject;
}

export interface MinisignSignature {
  algorithm: MinisignAlgorithm;
  keyId: string;
  signature: Buffer;
  trustedComment: Buffer;
  /** Over the signature and the trusted comment. */
  globalSignature: Buffer;
}

/** Longer than any comment; longer files are no signatures. */
export const longestSignatureBytes = 8 * 1024;

const untrustedComment = 'untrusted comment: ';
const trustedComment = 'trusted comment: ';
const keyIdBytes = 8;
const algorithmBytes = 2;
const publicKeyBytes = 32;
const signatureBytes = 64;
/** DER around a raw Ed25519 key: Node takes no bare bytes. RFC 8410. */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * A public key as `minisign` writes it: its file, or the line `RW…` alone.
 *
 * @throws HikyakuError `invalid-input`
 */
export function parseMinisignPublicKey(text: string): MinisignPublicKey {
  const lines = linesOf(text);
  const encoded = lines.length === 2 && lines[0]?.startsWith(untrustedComment) ? lines[1] : lines[0];
  const bytes = lines.length <= 2 ? decodeExactly(encoded, algorithmBytes + keyIdBytes + publicKeyBytes) : undefined;
  if (!bytes || algorithmOf(bytes) !== 'Ed')
    throw new HikyakuError('invalid-input', { details: { field: 'trustedKeys' } });
  const raw = bytes.subarray(algorithmBytes + keyIdBytes);
  return {
    keyId: keyIdOf(bytes),
    key: createPublicKey({ key: Buffer.concat([spkiPrefix, raw]), format: 'der', type: 'spki' }),
  };
}

/** A signature file: four lines. @throws HikyakuError `signature-invalid` (problem: `malformed`) */
export function parseMinisignSignature(file: Buffer): MinisignSignature {
  // Byte for byte: a comment in whatever encoding is what was signed.
  const lines = file.length <= longestSignatureBytes ? linesOf(file.toString('latin1')) : [];
  const [first, encoded, third, encodedGlobal] = lines;
  const bytes = decodeExactly(encoded, algorithmBytes + keyIdBytes + signatureBytes);
  const globalSignature = decodeExactly(encodedGlobal, signatureBytes);
  const algorithm = bytes && algorithmOf(bytes);
  if (lines.length !== 4 || !first?.startsWith(untrustedComment) || !third?.startsWith(trustedComment)) {
    throw invalidSignature('malformed');
  }
  if (!algorithm || !globalSignature) throw invalidSignature('malformed');
  return {
    algorithm,
    keyId: keyIdOf(bytes),
    signature: bytes.subarray(algorithmBytes + keyIdBytes),
    trustedComment: Buffer.from(third.slice(trustedComment.length), 'latin1'),
    globalSignature,
  };
}

/** LF or CRLF, with or without an end of the last one. */
function linesOf(text: string): string[] {
  return text.replace(/\r?\n$/, '').split(/\r?\n/);
}

/** Padded and canonical base64 of so many bytes; undefined for anything else. */
function decodeExactly(text: string | undefined, count: number): Buffer | undefined {
  const bytes = Buffer.from(text ?? '', 'base64');
  return bytes.length === count && bytes.toString('base64') === text ? bytes : undefined;
}

function algorithmOf(bytes: Buffer): MinisignAlgorithm | undefined {
  const name = bytes.toString('latin1', 0, algorithmBytes);
  return name === 'Ed' || name === 'ED' ? name : undefined;
}

/** Written the other way round than it is stored. */
function keyIdOf(bytes: Buffer): string {
  const id = bytes.subarray(algorithmBytes, algorithmBytes + keyIdBytes);
  return Buffer.from(id.toReversed()).toString('hex').toUpperCase();
}
