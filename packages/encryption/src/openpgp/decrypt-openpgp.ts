import { type ErrorDetails, HikyakuError } from '@hikyaku/types';
import { decrypt, decryptSessionKeys, enums, type KeyID, type Message, type PrivateKey, readMessage } from 'openpgp';
import { damaged } from '../damaged.ts';
import { ByteReader } from './byte-reader.ts';
import { confirmOpenPgp } from './confirm-openpgp.ts';
import { canOpenWith, fittingKey, openIntegrityProtected, type SessionKey } from './open-integrity-protected.ts';
import { parsePrivateKey } from './openpgp-keys.ts';
import { openMessage, type OpenPgpOptions, readContent } from './openpgp-message.ts';
import { inPartialLengths, packetTag, readBody, readSessionKeys } from './read-packets.ts';

/** All that may open a file, the key to be named in errors first. */
export interface OpenPgpSecrets {
  /** Private keys in armor, unlocked. */
  privateKeys: readonly string[];
  passphrases?: readonly string[];
}

type AnyMessage = Message<Uint8Array<ArrayBuffer>> | Message<ReadableStream<Uint8Array<ArrayBuffer>>>;

/** A body of which the first bytes were looked at. */
interface StartedBody {
  head: Buffer;
  rest: AsyncIterable<Uint8Array>;
}

interface OpenedSecrets {
  decryptionKeys: PrivateKey[];
  passwords: string[];
}

const firstBytes = 18;
/** Stands for the data where only the session keys are of interest: a grammar wants some. */
const noData = Buffer.from([0xd2, 2, 1, 0]);
/** 1 GiB of memory is what others allow whoever writes a file; this is 64 MiB. */
const config = { maxArgon2MemoryExponent: 16 };

/**
 * The content of an OpenPGP message (RFC 4880, RFC 9580), binary, as it streams by. Unlike those of age, the chunks of the form
 * that GnuPG writes are not authentic one by one: **what comes out is known to be what was sent only when the generator ends
 * without throwing**, and must not be acted on before. Holds a few MiB. The source is closed whatever happens.
 *
 * Session keys, signatures and packets are openpgp.js's to understand; the data of that form is decrypted here: the package
 * keeps a whole message in memory, or deadlocks, where what is inside is broken before its end says so.
 *
 * @throws HikyakuError `wrong-key` (publicKey: the first key's fingerprint; recipients), `unsupported-encryption` (kind:
 * `passphrase` where none is known, `no-integrity` for a message that nothing protects from changes, `cipher`),
 * `damaged-encryption` (damage), those of `OpenPgpOptions`; errors of the source as they are
 */
export async function* decryptOpenPgp(
  source: AsyncIterable<Uint8Array>,
  secrets: OpenPgpSecrets,
  options: OpenPgpOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const opened: OpenedSecrets = {
    decryptionKeys: await Promise.all(secrets.privateKeys.map(parsePrivateKey)),
    passwords: [...(secrets.passphrases ?? [])],
  };
  const reader = new ByteReader(source);
  try {
    const message = await readSessionKeys(reader);
    const { tag } = message.data;
    if (tag === packetTag.encryptedWithoutIntegrity) throw unsupported('no-integrity');
    if (tag !== packetTag.encryptedWithIntegrity && tag !== packetTag.aeadEncrypted) throw damaged('header');
    const body = new ByteReader(readBody(reader, message.data));
    const head = await body.exactly(1 + firstBytes);
    if (!head) throw damaged('truncated');
    const isFirstForm = tag === packetTag.encryptedWithIntegrity && head.readUInt8(0) === 1;
    const data: StartedBody = { head, rest: body.rest() };
    yield* isFirstForm
      ? confirmOpenPgp(await openFirstForm(message.sessionKeys, data, opened), options)
      : openAead(Buffer.concat([message.sessionKeys, Buffer.from([0xc0 | tag])]), data, opened, options);
  } finally {
    await reader.close();
  }
}

/** What the packet of version 1 holds, which GnuPG 2.2 and most others write. */
async function openFirstForm(
  sessionKeys: Buffer,
  { head, rest }: StartedBody,
  secrets: OpenedSecrets,
): Promise<AsyncIterable<Uint8Array>> {
  const message = await readMessage({ binaryMessage: Buffer.concat([sessionKeys, noData]), config }).catch(() => {
    throw damaged('header');
  });
  const isCertain = refuseForeign(message, secrets);
  const found: SessionKey[][] = await Promise.all(
    waysToOpen(message, secrets).map((way) => decryptSessionKeys({ message, ...way, config }).catch(() => [])),
  );
  const keys = found.flat();
  const key = fittingKey(keys, head.subarray(1));
  if (key) return openIntegrityProtected(chained(head.subarray(1), rest), key);
  if (keys.some((one) => !canOpenWith(one))) throw unsupported('cipher');
  throw isCertain ? damaged('header') : wrongKey(message, secrets);
}

/** The later forms, authentic chunk by chunk. */
async function* openAead(
  beginning: Buffer,
  { head, rest }: StartedBody,
  secrets: OpenedSecrets,
  options: OpenPgpOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const source = chained(beginning, inPartialLengths(chained(head, rest)));
  yield* readContent(source, options, async (stream, verificationKeys) => {
    const message = await openMessage(stream);
    const isCertain = refuseForeign(message, secrets);
    let failure: unknown;
    for (const way of waysToOpen(message, secrets)) {
      try {
        return await decrypt({ message, ...way, verificationKeys, format: 'binary', config });
      } catch (error) {
        // No session key: the data wasn't touched.
        failure = error;
      }
    }
    throw isCertain ? damaged('header') : wrongKey(message, secrets, failure);
  });
}

/** openpgp.js tries no key where it is given a passphrase: each kind by itself, where the message has a use for it. */
function waysToOpen(
  message: AnyMessage,
  { decryptionKeys, passwords }: OpenedSecrets,
): ({ decryptionKeys: PrivateKey[] } | { passwords: string[] })[] {
  const { publicKeyEncryptedSessionKey, symEncryptedSessionKey } = enums.packet;
  const has = (tag: enums.packet) => message.packets.filterByTag(tag).length > 0;
  return [
    ...(decryptionKeys.length > 0 && has(publicKeyEncryptedSessionKey) ? [{ decryptionKeys }] : []),
    ...(passwords.length > 0 && has(symEncryptedSessionKey) ? [{ passwords }] : []),
  ];
}

/** Whether it is sure to be for one of the keys. */
function refuseForeign(message: AnyMessage, { decryptionKeys, passwords }: OpenedSecrets): boolean {
  const keyIds = message.getEncryptionKeyIDs();
  const isNamed = (keyId: KeyID) => decryptionKeys.some((key) => key.getKeys(keyId).length > 0);
  if (keyIds.some((keyId) => !isWildcard(keyId) && isNamed(keyId))) return true;
  const isByPassphrase = message.packets.filterByTag(enums.packet.symEncryptedSessionKey).length > 0;
  if (isByPassphrase && passwords.length > 0) return false;
  if (keyIds.some(isWildcard)) return false;
  if (isByPassphrase && keyIds.length === 0) throw unsupported('passphrase');
  throw wrongKey(message, { decryptionKeys, passwords });
}

/** Who wrote the file didn't want to say whom it is for. */
function isWildcard(keyId: KeyID): boolean {
  return /^0+$/.test(keyId.toHex());
}

function unsupported(kind: string): HikyakuError {
  return new HikyakuError('unsupported-encryption', { details: { kind } });
}

function wrongKey(message: AnyMessage, { decryptionKeys: [own] }: OpenedSecrets, cause?: unknown): HikyakuError {
  const recipients = message.getEncryptionKeyIDs().length;
  if (recipients === 0) return new HikyakuError('wrong-key', { details: { kind: 'passphrase' }, cause });
  const details: ErrorDetails = own ? { recipients, publicKey: own.getFingerprint().toUpperCase() } : { recipients };
  return new HikyakuError('wrong-key', { details, cause });
}

async function* chained(
  head: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield head;
  yield* rest;
}
