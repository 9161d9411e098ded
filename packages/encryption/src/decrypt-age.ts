import { type KeyObject, timingSafeEqual } from 'node:crypto';
import { type ErrorDetails, HikyakuError } from '@hikyaku/types';
import { type AgeHeader, findHeaderEnd, parseAgeHeader } from './age-header.ts';
import { privateKeyOf, recipientOf } from './age-keys.ts';
import { headerMac, openChunk, payloadKey } from './age-payload.ts';
import { payloadNonceBytes, sealedChunkBytes, tagBytes } from './age-stream.ts';
import { damaged } from './damaged.ts';
import { parseScryptStanza, scryptStanzaType, unwrapFileKeyByPassphrase } from './scrypt-stanza.ts';
import type { Stanza } from './write-age-header.ts';
import { x25519StanzaType } from './x25519-format.ts';
import { unwrapFileKey } from './x25519-stanza.ts';

/** All that may open a file, the one to be named in errors first. */
export interface AgeSecrets {
  /** `AGE-SECRET-KEY-1…` */
  identities: readonly string[];
  /** Tried one after the other, for as much work each as the file's header asks: few. */
  passphrases?: readonly string[];
}

/**
 * The content of an age file (https://age-encryption.org/v1), binary, for X25519 recipients or with a passphrase, chunk by
 * chunk as each is proved authentic. The file as a whole is only known to be sound when the generator ends without throwing:
 * a file that was cut off yields its first chunks too. Holds one chunk of 64 KiB, and while it tries a passphrase up to
 * 256 MiB. The source is closed whatever happens.
 *
 * @throws HikyakuError `wrong-key` (publicKey: the first identity's; recipients: for how many the file is),
 * `unsupported-encryption` (kind: `passphrase` where none is known, `work-factor`), `damaged-encryption` (damage); errors of
 * the source as they are
 */
export async function* decryptAge(
  source: AsyncIterable<Uint8Array>,
  secrets: AgeSecrets,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    const { header, rest: afterHeader } = await readHeader(iterator);
    const fileKey = await findFileKey(header, secrets);
    if (!timingSafeEqual(headerMac(fileKey, header.authenticated), header.mac)) throw damaged('header');
    const { bytes: nonce, rest } = await readExactly(iterator, afterHeader, payloadNonceBytes);
    yield* openPayload(payloadKey(fileKey, nonce), iterator, rest);
  } finally {
    await iterator.return?.();
  }
}

async function readHeader(iterator: AsyncIterator<Uint8Array>): Promise<{ header: AgeHeader; rest: Buffer }> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const end = findHeaderEnd(bytes);
    if (end !== undefined) return { header: parseAgeHeader(bytes.subarray(0, end)), rest: bytes.subarray(end) };
    const { done, value } = await iterator.next();
    if (done) throw damaged(bytes.length === 0 ? 'not-age' : 'header');
    bytes = Buffer.concat([bytes, value]);
  }
}

async function findFileKey({ stanzas }: AgeHeader, { identities, passphrases = [] }: AgeSecrets): Promise<Uint8Array> {
  const byPassphrase = stanzas.find((stanza) => stanza.type === scryptStanzaType);
  const fileKey = byPassphrase
    ? await tryPassphrases(byPassphrase, stanzas, passphrases)
    : tryIdentities(stanzas, identities);
  if (fileKey) return fileKey;
  const [own] = identities;
  const recipients = stanzas.length;
  const details: ErrorDetails = own === undefined ? { recipients } : { recipients, publicKey: recipientOf(own) };
  throw new HikyakuError('wrong-key', { details: byPassphrase ? { kind: 'passphrase' } : details });
}

async function tryPassphrases(
  stanza: Stanza,
  stanzas: readonly Stanza[],
  passphrases: readonly string[],
): Promise<Uint8Array | undefined> {
  // Whoever knows a passphrase could also have made the stanzas beside it.
  if (stanzas.length > 1) throw damaged('header');
  parseScryptStanza(stanza);
  if (passphrases.length === 0) throw new HikyakuError('unsupported-encryption', { details: { kind: 'passphrase' } });
  for (const passphrase of passphrases) {
    const fileKey = await unwrapFileKeyByPassphrase(stanza, passphrase);
    if (fileKey) return fileKey;
  }
  return undefined;
}

function tryIdentities(stanzas: readonly Stanza[], identities: readonly string[]): Uint8Array | undefined {
  const privateKeys: KeyObject[] = identities.map(privateKeyOf);
  for (const stanza of stanzas) {
    // Types nobody knows are no fault: newer kinds of recipients, and grease that keeps readers tolerant.
    if (stanza.type !== x25519StanzaType) continue;
    for (const privateKey of privateKeys) {
      const fileKey = unwrapFileKey(stanza, privateKey);
      if (fileKey) return fileKey;
    }
  }
  return undefined;
}

async function readExactly(
  iterator: AsyncIterator<Uint8Array>,
  first: Buffer,
  count: number,
): Promise<{ bytes: Buffer; rest: Uint8Array }> {
  let bytes = first;
  while (bytes.length < count) {
    const { done, value } = await iterator.next();
    if (done) throw damaged('truncated');
    bytes = Buffer.concat([bytes, value]);
  }
  return { bytes: bytes.subarray(0, count), rest: bytes.subarray(count) };
}

/** A chunk is opened when it is known whether another byte follows it: which one is the last is part of its seal. */
async function* openPayload(
  key: KeyObject,
  iterator: AsyncIterator<Uint8Array>,
  first: Uint8Array,
): AsyncGenerator<Uint8Array, void, undefined> {
  const held = Buffer.allocUnsafeSlow(sealedChunkBytes);
  let heldBytes = 0;
  let counter = 0;
  /** A chunk that others follow. */
  function* open(sealed: Uint8Array) {
    const plain = openChunk(key, counter, false, sealed);
    if (plain) {
      counter++;
      yield plain;
      return;
    }
    const last = openChunk(key, counter, true, sealed);
    if (last) yield last;
    throw damaged(last ? 'trailing' : 'payload');
  }

  for (let value: Uint8Array | undefined = first; value;) {
    let from = 0;
    while (from < value.length) {
      if (heldBytes === sealedChunkBytes) {
        heldBytes = 0;
        yield* open(held);
      } else if (heldBytes === 0 && value.length - from > sealedChunkBytes) {
        // Whole in what just came: opened where it lies.
        const sealed = value.subarray(from, from + sealedChunkBytes);
        from += sealedChunkBytes;
        yield* open(sealed);
      } else {
        const taken = value.subarray(from, from + sealedChunkBytes - heldBytes);
        held.set(taken, heldBytes);
        heldBytes += taken.length;
        from += taken.length;
      }
    }
    const next: IteratorResult<Uint8Array, unknown> = await iterator.next();
    value = next.done ? undefined : next.value;
  }

  const last = held.subarray(0, heldBytes);
  if (last.length < tagBytes) throw damaged('truncated');
  const plain = openChunk(key, counter, true, last);
  if (!plain) {
    // Only a full chunk can have had others behind it.
    const another = last.length === sealedChunkBytes ? openChunk(key, counter, false, last) : undefined;
    if (another) yield another;
    throw damaged(another ? 'truncated' : 'payload');
  }
  // An empty chunk is written for an empty file alone.
  if (plain.length === 0 && counter > 0) throw damaged('payload');
  if (plain.length > 0) yield plain;
}
