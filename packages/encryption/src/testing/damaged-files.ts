import type { FileErrorCode } from '@hikyaku/types';
import { generateIdentity, recipientOf } from '../age-keys.ts';
import { encryptAge } from '../encrypt-age.ts';
import { createMinisignKeyPair, type MinisignKeyPair, signMinisign } from '../minisign/index.ts';
import { createOpenPgpKeyPair, encryptOpenPgp, type OpenPgpKeyPair, signOpenPgp } from '../openpgp/index.ts';
import { gather, once, sealedFiles, type SealedForm, type SealingKeys } from './sealed-files.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

/** What happened to a file. */
export type Damage =
  | 'cut off'
  /** Before the content begins: keys, names and lengths. */
  | 'header changed'
  | 'changed'
  | 'rearranged'
  | 'lengthened'
  | 'for another key'
  | 'by another signer'
  | 'by no signer'
  | 'by another signer under the same id'
  | 'signature of another file'
  | 'signature changed';

export interface DamagedFile {
  form: SealedForm;
  damage: Damage;
  /** Where it is wrong; with form, damage and seed it names the case. */
  name: string;
  bytes: Buffer;
  /** Of form `minisign`: the `.minisig` beside it. */
  signature?: Buffer;
  /** What the form's reader may say of it. */
  codes: readonly FileErrorCode[];
}

type Damaged = readonly [damage: Damage, name: string, bytes: Buffer];

const sealedChunkBytes = 64 * 1024 + 16;
/**
 * Of an OpenPGP file for a key on Curve25519: the length of a number in bits, and the byte of a point whose first bit nobody
 * reads. Changed, they are other bytes for the same message.
 */
const sameMessage = new Set([12, 13, 46]);

/**
 * Files of which none may be taken in: cut, changed, rearranged, for somebody else, by somebody else. Each of them must end
 * every reader with an error. The same seed changes the same places.
 *
 * @param content of some chunks of 64 KiB, so that there is something to rearrange
 */
export async function* damagedFiles(
  seed: number,
  content: Buffer,
  keys: SealingKeys,
): AsyncGenerator<DamagedFile, void, undefined> {
  const random = createSeededRandom(seed);
  const stranger = await createOpenPgpKeyPair('stranger');
  for (const { form, bytes: sound, signature } of await sealedFiles(content, keys)) {
    switch (form) {
      case 'age':
        yield* named(form, await foreignAge(content));
        yield* named(form, damagedAge(sound, await ageFor(content, keys.recipient), random));
        break;
      case 'age-passphrase':
        yield* named(form, damagedAge(sound, await ageFor(content, keys.recipient), random));
        break;
      case 'age-armor':
        yield* named(form, damagedArmor(sound, random));
        break;
      case 'openpgp':
        yield* named(form, await foreignOpenPgp(content, keys, stranger));
        yield* named(form, damagedSomewhere(sound, random, sameMessage));
        break;
      case 'openpgp-signed':
        yield* named(form, await foreignSigned(content, stranger));
        yield* named(form, damagedSigned(sound, random));
        break;
      case 'minisign':
        for (const file of named(form, damagedSomewhere(sound, random)))
          yield signature ? { ...file, signature } : file;
        yield* badlySigned(content, keys, random);
        break;
      default:
        form satisfies never;
    }
  }
}

/** What the reader of a form may say. A header that is changed may be a sound one for somebody else, or in another way. */
function codesOf(form: SealedForm, damage: Damage): readonly FileErrorCode[] {
  switch (damage) {
    case 'for another key':
      return ['wrong-key'];
    case 'by another signer':
      return ['signature-untrusted'];
    case 'by no signer':
      return ['not-signed'];
    case 'by another signer under the same id':
    case 'signature of another file':
      return ['signature-invalid'];
    case 'signature changed':
      return ['signature-invalid', 'signature-untrusted'];
    case 'header changed':
      return form === 'minisign'
        ? ['signature-invalid']
        : ['damaged-encryption', 'wrong-key', 'unsupported-encryption'];
    default:
      if (form === 'minisign') return ['signature-invalid'];
      // Where lengths are changed nobody comes as far as the signature.
      return form === 'openpgp-signed' ? ['damaged-encryption', 'signature-invalid'] : ['damaged-encryption'];
  }
}

function* named(form: SealedForm, files: Iterable<Damaged>): Generator<DamagedFile> {
  for (const [damage, name, bytes] of files) yield { form, damage, name, bytes, codes: codesOf(form, damage) };
}

function* damagedAge(file: Buffer, other: Buffer, random: SeededRandom): Generator<Damaged> {
  const start = payloadStart(file);
  const chunks = chunksFrom(file, start);
  const borders = chunks.map((_, index) => start + index * sealedChunkBytes);
  for (const border of [0, 1, start - 17, start - 16, ...borders]) {
    for (const cut of [border - 1, border, border + 1, border + 16]) yield* cutAt(file, cut);
  }
  yield* cutAt(file, file.length - 1);
  for (let place = 0; place < start; place += 1) yield flipped('header changed', file, place, random);
  yield* flippedSomewhere(file, start, file.length, 100, random);
  const head = file.subarray(0, start);
  for (const [name, order] of rearranged(chunks, random)) {
    yield ['rearranged', name, Buffer.concat([head, ...order])];
  }
  const grafted = Buffer.concat([other.subarray(0, payloadStart(other)), file.subarray(start)]);
  yield ['rearranged', 'the header of another file', grafted];
  yield* lengthened(file);
}

function* rearranged(chunks: readonly Buffer[], random: SeededRandom): Generator<[string, Buffer[]]> {
  const last = chunks.at(-1) ?? Buffer.alloc(0);
  yield ['the last chunk twice', [...chunks, last]];
  yield ['the last chunk alone', [last]];
  for (const [index, chunk] of chunks.entries()) {
    yield [`chunk ${index} left out`, chunks.toSpliced(index, 1)];
    yield [`chunk ${index} twice`, chunks.toSpliced(index, 0, chunk)];
    const other = (index + 1 + random.below(chunks.length - 1)) % chunks.length;
    yield [`chunks ${index} and ${other} swapped`, chunks.with(index, chunks[other] ?? last).with(other, chunk)];
  }
}

function* damagedArmor(file: Buffer, random: SeededRandom): Generator<Damaged> {
  const begin = file.indexOf('\n') + 1;
  const end = file.lastIndexOf('\n-----END');
  const lineBytes = 65;
  // Of age's header in base64, and more: what is behind it is payload alone.
  const headEnd = begin + 5 * lineBytes;
  for (let count = 0; count < 20; count += 1) yield* cutAt(file, begin + random.below(end - begin));
  yield* cutAt(file, end);
  yield* cutAt(file, end + 1);
  for (let count = 0; count < 20; count += 1) {
    yield flipped('header changed', file, begin + random.below(headEnd - begin), random);
  }
  yield* flippedSomewhere(file, headEnd, end, 40, random);
  for (let count = 0; count < 10; count += 1) {
    const at = headEnd + random.below(Math.floor((end - headEnd) / lineBytes) - 2) * lineBytes;
    const [one, two] = [file.subarray(at, at + lineBytes), file.subarray(at + lineBytes, at + 2 * lineBytes)];
    const [head, rest] = [file.subarray(0, at), file.subarray(at + 2 * lineBytes)];
    yield ['rearranged', `lines at ${at} swapped`, Buffer.concat([head, two, one, rest])];
    yield ['rearranged', `line at ${at} left out`, Buffer.concat([head, two, rest])];
    yield ['rearranged', `line at ${at} twice`, Buffer.concat([head, one, one, two, rest])];
  }
}

async function ageFor(content: Buffer, recipient: string): Promise<Buffer> {
  return gather(encryptAge(once(content), [recipient]));
}

async function foreignAge(content: Buffer): Promise<Damaged[]> {
  return [['for another key', 'another recipient', await ageFor(content, recipientOf(generateIdentity()))]];
}

async function foreignSigned(content: Buffer, { privateKey }: OpenPgpKeyPair): Promise<Damaged[]> {
  return [['by another signer', 'a stranger', await gather(signOpenPgp(once(content), privateKey))]];
}

async function foreignOpenPgp(
  content: Buffer,
  { openPgpRecipient, openPgpSigner }: SealingKeys,
  stranger: OpenPgpKeyPair,
): Promise<Damaged[]> {
  const seal = (recipient: string, signer?: OpenPgpKeyPair) =>
    gather(
      encryptOpenPgp(once(content), { recipients: [recipient], ...(signer ? { signer: signer.privateKey } : {}) }),
    );
  return [
    ['for another key', 'another recipient', await seal(stranger.publicKey, openPgpSigner)],
    ['by another signer', 'a stranger', await seal(openPgpRecipient, stranger)],
    ['by no signer', 'encrypted alone', await seal(openPgpRecipient)],
  ];
}

function* damagedSomewhere(
  file: Buffer,
  random: SeededRandom,
  without: ReadonlySet<number> = new Set(),
): Generator<Damaged> {
  for (const cut of [0, 1, 2, file.length - 22, file.length - 1]) yield* cutAt(file, cut);
  for (let count = 0; count < 20; count += 1) yield* cutAt(file, random.below(file.length));
  const head = 100;
  for (let place = 0; place < head; place += 1) {
    if (!without.has(place)) yield flipped('header changed', file, place, random);
  }
  yield* flippedSomewhere(file, head, file.length, 40, random);
  yield* lengthened(file);
}

/** Of a message in the open: what stands around its content is not all signed, so that only the content is changed. */
function* damagedSigned(file: Buffer, random: SeededRandom): Generator<Damaged> {
  const aroundContentBytes = 1_000;
  for (let count = 0; count < 20; count += 1) yield* cutAt(file, random.below(file.length));
  yield* flippedSomewhere(file, aroundContentBytes, file.length - aroundContentBytes, 40, random);
  yield* lengthened(file);
}

/** Sound files beside signatures that are not theirs, or not sound. */
async function* badlySigned(
  content: Buffer,
  { minisignSigner }: SealingKeys,
  random: SeededRandom,
): AsyncGenerator<DamagedFile, void, undefined> {
  const stranger = createMinisignKeyPair();
  const signedBy = (signer: MinisignKeyPair, bytes = content) => signMinisign(once(bytes), signer, 'seeded');
  const damaged = (damage: Damage, name: string, signature: Buffer): DamagedFile => ({
    form: 'minisign',
    damage,
    name,
    bytes: content,
    signature,
    codes: codesOf('minisign', damage),
  });
  yield damaged('by another signer', 'a stranger', await signedBy(stranger));
  const pretender = await signedBy({ ...stranger, keyId: minisignSigner.keyId });
  yield damaged('by another signer under the same id', 'a pretender', pretender);
  yield damaged('signature of another file', 'other', await signedBy(minisignSigner, Buffer.from('other')));
  const signature = await signedBy(minisignSigner);
  // The first line is a comment that nobody signs.
  const begin = signature.indexOf('\n') + 1;
  for (let place = begin; place < signature.length - 1; place += 1) {
    yield damaged(...flipped('signature changed', signature, place, random));
  }
}

function* cutAt(file: Buffer, cut: number): Generator<Damaged> {
  if (cut >= 0 && cut < file.length) yield ['cut off', `at ${cut}`, file.subarray(0, cut)];
}

function* lengthened(file: Buffer): Generator<Damaged> {
  yield ['lengthened', 'a byte behind the end', Buffer.concat([file, Buffer.from('x')])];
  yield ['lengthened', 'the whole file twice', Buffer.concat([file, file])];
}

function flipped(damage: Damage, file: Buffer, place: number, random: SeededRandom): [Damage, string, Buffer] {
  const bit = random.below(8);
  const changed = Buffer.from(file);
  changed.writeUInt8(changed.readUInt8(place) ^ (1 << bit), place);
  return [damage, `bit ${bit} of byte ${place}`, changed];
}

function* flippedSomewhere(
  file: Buffer,
  begin: number,
  end: number,
  count: number,
  random: SeededRandom,
): Generator<Damaged> {
  for (let made = 0; made < count; made += 1) {
    yield flipped('changed', file, begin + random.below(end - begin), random);
  }
}

function payloadStart(file: Buffer): number {
  return file.indexOf('\n', file.indexOf('\n---') + 1) + 1 + 16;
}

function chunksFrom(file: Buffer, start: number): Buffer[] {
  const count = Math.ceil((file.length - start) / sealedChunkBytes);
  return Array.from({ length: count }, (_, index) =>
    file.subarray(start + index * sealedChunkBytes, start + (index + 1) * sealedChunkBytes),
  );
}
