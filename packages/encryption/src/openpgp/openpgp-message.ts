import { HikyakuError } from '@hikyaku/types';
import { type DecryptMessageResult, type Message, type PublicKey, readMessage } from 'openpgp';
import { damaged } from '../damaged.ts';
import { invalidSignature } from '../invalid-signature.ts';
import { guardSource } from './guarded-source.ts';
import { parsePublicKey } from './openpgp-keys.ts';

export interface OpenPgpOptions {
  /**
   * Public keys in armor, one of which must have signed what is inside; undefined where nobody needs to. Throws `not-signed`,
   * `signature-untrusted` (keyId), `signature-invalid` (problem), `invalid-input` for a key that is none.
   */
  trustedKeys?: readonly string[] | undefined;
  /** Messages may be compressed: what they may unpack to. Throws `content-too-large` (limitBytes). */
  maxContentBytes: number;
}

/**
 * Of a sound message, what was read and didn't come out yet is a chunk or two. A flood of packets that bring nothing costs
 * memory, and a second for a MiB of the smallest.
 */
const mostHeldBytes = 16 * 1024 ** 2;

type OpenedMessage = Pick<DecryptMessageResult, 'signatures'> & { data: unknown };
type VerificationResult = DecryptMessageResult['signatures'][number];

/** @throws HikyakuError damaged-encryption */
export async function openMessage(
  binaryMessage: ReadableStream<Uint8Array>,
): Promise<Message<ReadableStream<Uint8Array>>> {
  return readMessage({ binaryMessage }).catch(() => {
    throw damaged('header');
  });
}

/** Opens a message and reads it to its end, where it is known whether it is whole and who signed it. */
export async function* readContent(
  source: AsyncIterable<Uint8Array>,
  { trustedKeys, maxContentBytes }: OpenPgpOptions,
  open: (stream: ReadableStream<Uint8Array>, verificationKeys: PublicKey[]) => Promise<OpenedMessage>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const verificationKeys = await Promise.all((trustedKeys ?? []).map(parsePublicKey));
  let contentBytes = 0;
  const mayTake = () => contentBytes + mostHeldBytes;
  const guarded = guardSource(source, { mayTake, tooMuch: () => damaged('payload') });
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  try {
    const { data, signatures } = await open(guarded.stream, verificationKeys);
    // Looked at below; until then nobody else must stumble over one.
    for (const { verified } of signatures) verified.catch(() => undefined);
    if (trustedKeys) refuseUntrusted(signatures, verificationKeys);
    if (!(data instanceof ReadableStream)) throw damaged('header');
    reader = (data as ReadableStream<Uint8Array>).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      contentBytes += value.length;
      if (contentBytes > maxContentBytes) {
        throw new HikyakuError('content-too-large', { details: { limitBytes: maxContentBytes } });
      }
      yield value;
    }
    if (trustedKeys) await confirmSigner(signatures, verificationKeys);
    // What nobody looked at can't have been found sound.
    if (!guarded.isAtEnd()) throw damaged('trailing');
  } catch (error) {
    const failure = guarded.failure();
    if (failure) throw failure.error;
    throw error instanceof HikyakuError ? error : damaged('payload');
  } finally {
    // Not awaited: a stream that waits for its source answers only once that has closed.
    reader?.cancel().catch(() => undefined);
    await guarded.close();
  }
}

function refuseUntrusted(signatures: readonly VerificationResult[], trusted: readonly PublicKey[]): void {
  const [first] = signatures;
  if (!first) throw new HikyakuError('not-signed');
  if (!signatures.some((signature) => isBy(signature, trusted))) {
    throw new HikyakuError('signature-untrusted', { details: { keyId: first.keyID.toHex().toUpperCase() } });
  }
}

/** Others may have signed as well: one that is trusted is enough. */
async function confirmSigner(signatures: readonly VerificationResult[], trusted: readonly PublicKey[]): Promise<void> {
  const verdicts = await Promise.allSettled(
    signatures.filter((signature) => isBy(signature, trusted)).map(({ verified }) => verified),
  );
  if (!verdicts.some((verdict) => verdict.status === 'fulfilled')) throw invalidSignature('content');
}

function isBy({ keyID }: VerificationResult, keys: readonly PublicKey[]): boolean {
  return keys.some((key) => key.getKeys(keyID).length > 0);
}
