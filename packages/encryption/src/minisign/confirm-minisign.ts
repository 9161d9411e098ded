import { createHash, verify } from 'node:crypto';
import { HikyakuError } from '@hikyaku/types';
import { invalidSignature } from '../invalid-signature.ts';
import { type MinisignSignature, parseMinisignPublicKey, parseMinisignSignature } from './minisign-lines.ts';

/** What is signed in the old way has to lie in memory as a whole. */
const largestLegacyBytes = 16 * 1024 ** 2;

/**
 * Passes a file's bytes through and holds them against its detached signature in minisign form. That it is the signed file
 * is known when the generator has ended without throwing. Holds nothing but a hash; with a signature of the old kind (`Ed`,
 * which `minisign -l` makes) up to 16 MiB, and no larger file.
 *
 * @param signature the `.minisig` file
 * @param trustedKeys public keys (`RW…`, or whole `.pub` files), one of which must have signed
 * @throws HikyakuError `invalid-input` for a trusted key that is none; `signature-untrusted` (keyId) before the first byte;
 * `signature-invalid` (problem); errors of the source as they are
 */
export async function* confirmMinisign(
  source: AsyncIterable<Uint8Array>,
  signature: Buffer,
  trustedKeys: readonly string[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const parsed = parseMinisignSignature(signature);
  const signers = trustedKeys.map(parseMinisignPublicKey).filter(({ keyId }) => keyId === parsed.keyId);
  if (signers.length === 0) throw new HikyakuError('signature-untrusted', { details: { keyId: parsed.keyId } });
  const message = parsed.algorithm === 'ED' ? hashedMessage() : wholeMessage();
  for await (const chunk of source) {
    message.update(chunk);
    yield chunk;
  }
  const signed = message.end();
  // Key ids are short and anybody's to choose: two keys may have one.
  const signer = signers.find(({ key }) => verify(null, signed, key, parsed.signature));
  if (!signer) throw invalidSignature('content');
  if (!verify(null, commented(parsed), signer.key, parsed.globalSignature)) throw invalidSignature('comment');
}

interface SignedMessage {
  update(chunk: Uint8Array): void;
  end(): Buffer;
}

function hashedMessage(): SignedMessage {
  const hash = createHash('blake2b512');
  return { update: (chunk) => void hash.update(chunk), end: () => hash.digest() };
}

function wholeMessage(): SignedMessage {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  return {
    update(chunk) {
      bytes += chunk.length;
      if (bytes > largestLegacyBytes) throw invalidSignature('legacy-too-large');
      // A copy: whoever made the chunk may use its memory again.
      chunks.push(Uint8Array.from(chunk));
    },
    end: () => Buffer.concat(chunks),
  };
}

function commented({ signature, trustedComment }: MinisignSignature): Buffer {
  return Buffer.concat([signature, trustedComment]);
}
