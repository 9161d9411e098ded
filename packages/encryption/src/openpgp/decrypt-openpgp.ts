import { type ErrorDetails, HikyakuError } from '@hikyaku/types';
import { decrypt, enums, type KeyID, type Message, type PrivateKey } from 'openpgp';
import { damaged } from '../damaged.ts';
import { openMessage, type OpenPgpOptions, readContent, streaming } from './openpgp-message.ts';
import { parsePrivateKey } from './openpgp-keys.ts';

/** All that may open a file, the key to be named in errors first. */
export interface OpenPgpSecrets {
  /** Private keys in armor, unlocked. */
  privateKeys: readonly string[];
  passphrases?: readonly string[];
}

/**
 * The content of an OpenPGP message (RFC 4880, RFC 9580), binary, as it streams by. Unlike those of age, the
 * chunks of the form that GnuPG writes are not authentic one by one: **what comes out is known to be what was sent only when
 * the generator ends without throwing**, and must not be acted on before. Holds a few MiB. The source is closed whatever happens.
 *
 * @throws HikyakuError `wrong-key` (publicKey: the first key's fingerprint; recipients), `unsupported-encryption` (kind:
 * `passphrase` where none is known, `no-integrity` for a message that nothing protects from changes), `damaged-encryption`
 * (damage), those of `OpenPgpOptions`; errors of the source as they are
 */
export async function* decryptOpenPgp(
  source: AsyncIterable<Uint8Array>,
  secrets: OpenPgpSecrets,
  options: OpenPgpOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const decryptionKeys = await Promise.all(secrets.privateKeys.map(parsePrivateKey));
  const passwords = [...(secrets.passphrases ?? [])];
  yield* readContent(source, options, async (stream, verificationKeys) => {
    const message = await openMessage(stream);
    const isCertain = refuseForeign(message, decryptionKeys, passwords);
    try {
      return await decrypt({
        message,
        decryptionKeys,
        ...(passwords.length > 0 ? { passwords } : {}),
        verificationKeys,
        format: 'binary',
        config: streaming,
      });
    } catch (error) {
      // A key that isn't named may be anybody's.
      if (isCertain) throw damaged('header');
      throw wrongKey(message, decryptionKeys, error);
    }
  });
}

/** Whether it is sure to be for one of the keys. */
function refuseForeign(
  message: Message<ReadableStream<Uint8Array>>,
  keys: readonly PrivateKey[],
  passwords: readonly string[],
): boolean {
  const has = (tag: enums.packet) => message.packets.filterByTag(tag).length > 0;
  if (has(enums.packet.symmetricallyEncryptedData)) {
    throw new HikyakuError('unsupported-encryption', { details: { kind: 'no-integrity' } });
  }
  if (!has(enums.packet.symEncryptedIntegrityProtectedData) && !has(enums.packet.aeadEncryptedData)) {
    throw damaged('header');
  }
  const keyIds = message.getEncryptionKeyIDs();
  if (keyIds.some((keyId) => !isWildcard(keyId) && keys.some((key) => key.getKeys(keyId).length > 0))) return true;
  const isByPassphrase = has(enums.packet.symEncryptedSessionKey);
  if (isByPassphrase && passwords.length > 0) return false;
  if (keyIds.some((keyId) => isWildcard(keyId))) return false;
  if (isByPassphrase && keyIds.length === 0) {
    throw new HikyakuError('unsupported-encryption', { details: { kind: 'passphrase' } });
  }
  throw wrongKey(message, keys);
}

/** Who wrote the file didn't want to say whom it is for. */
function isWildcard(keyId: KeyID): boolean {
  return /^0+$/.test(keyId.toHex());
}

function wrongKey(
  message: Message<ReadableStream<Uint8Array>>,
  [own]: readonly PrivateKey[],
  cause?: unknown,
): HikyakuError {
  const recipients = message.getEncryptionKeyIDs().length;
  if (recipients === 0) return new HikyakuError('wrong-key', { details: { kind: 'passphrase' }, cause });
  const details: ErrorDetails = own ? { recipients, publicKey: own.getFingerprint().toUpperCase() } : { recipients };
  return new HikyakuError('wrong-key', { details, cause });
}
