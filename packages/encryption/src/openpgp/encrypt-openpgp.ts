import { HikyakuError } from '@hikyaku/types';
import { createMessage, encrypt, sign } from 'openpgp';
import { guardSource } from './guarded-source.ts';
import { parsePrivateKey, parsePublicKey } from './openpgp-keys.ts';

export interface OpenPgpAudience {
  /** Public keys in armor: each can open the file alone. */
  recipients?: readonly string[];
  /** Each of these opens it too. */
  passphrases?: readonly string[];
  /** Private key in armor of who signs what is inside. */
  signer?: string;
}

/**
 * An OpenPGP message, binary, in the form that GnuPG reads. Holds a few MiB.
 *
 * @throws HikyakuError `invalid-input` for nobody who could open it, or a key that is none; errors of the source as they are
 */
export async function* encryptOpenPgp(
  source: AsyncIterable<Uint8Array>,
  { recipients = [], passphrases = [], signer }: OpenPgpAudience,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (recipients.length + passphrases.length === 0) {
    throw new HikyakuError('invalid-input', { details: { field: 'recipient' } });
  }
  const encryptionKeys = await Promise.all(recipients.map(parsePublicKey));
  const signingKeys = signer === undefined ? [] : [await parsePrivateKey(signer)];
  yield* written(source, async (stream) =>
    encrypt({
      message: await createMessage({ binary: stream, format: 'binary' }),
      encryptionKeys,
      signingKeys,
      ...(passphrases.length > 0 ? { passwords: [...passphrases] } : {}),
      format: 'binary',
    }),
  );
}

/** An OpenPGP message that anybody can read, signed. @throws HikyakuError `invalid-input` for a key that is none */
export async function* signOpenPgp(
  source: AsyncIterable<Uint8Array>,
  signer: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const signingKeys = [await parsePrivateKey(signer)];
  yield* written(source, async (stream) =>
    sign({ message: await createMessage({ binary: stream, format: 'binary' }), signingKeys, format: 'binary' }),
  );
}

async function* written(
  source: AsyncIterable<Uint8Array>,
  write: (stream: ReadableStream<Uint8Array>) => Promise<AsyncIterable<Uint8Array>>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const guarded = guardSource(source);
  try {
    yield* await write(guarded.stream);
  } catch (error) {
    throw guarded.failure()?.error ?? error;
  } finally {
    await guarded.close();
  }
}
