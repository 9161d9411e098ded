import { encryptAge } from '../encrypt-age.ts';
import { generateIdentity, recipientOf } from '../age-keys.ts';
import { createMinisignKeyPair, type MinisignKeyPair, signMinisign } from '../minisign/index.ts';
import { createOpenPgpKeyPair, encryptOpenPgp, type OpenPgpKeyPair } from '../openpgp/index.ts';
import { writeArmor } from '../write-armor.ts';
import { createSeededRandom, type SeededRandom } from './seeded-random.ts';

/** What a file is for, and by whom. */
export interface DamageKeys {
  /** `age1…`, whose private part the reader has. */
  recipient: string;
  /** Public key in armor, whose private part the reader has. */
  openPgpRecipient: string;
  /** Who has to have signed OpenPGP files. */
  openPgpSigner: OpenPgpKeyPair;
  /** Who has to have signed files with a detached signature. */
  minisignSigner: MinisignKeyPair;
}

export type DamagedForm = 'age' | 'age-armor' | 'openpgp' | 'minisign';

export interface DamagedFile {
  form: DamagedForm;
  /** What is wrong with it; with form and seed it names the case. */
  name: string;
  bytes: Buffer;
  /** Of form `minisign`: the `.minisig` beside it. */
  signature?: Buffer;
}

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
  keys: DamageKeys,
): AsyncGenerator<DamagedFile, void, undefined> {
  const random = createSeededRandom(seed);
  const age = await gather(encryptAge(once(content), [keys.recipient]));
  yield* named('age', damagedAge(age, random));
  yield { form: 'age', name: 'for another key', bytes: await sealForAnother(content) };
  yield { form: 'age', name: 'the header of another file', bytes: await withForeignHeader(age, content, keys) };
  yield* named('age-armor', damagedArmor(await gather(writeArmor(once(age))), random));
  yield* damagedOpenPgp(content, keys, random);
  yield* damagedMinisign(content, keys, random);
}

function* damagedAge(file: Buffer, random: SeededRandom): Generator<[string, Buffer]> {
  const start = payloadStart(file);
  const chunks = chunksFrom(file, start);
  const borders = chunks.map((_, index) => start + index * sealedChunkBytes);
  for (const border of [0, 1, start - 17, start - 16, ...borders]) {
    for (const cut of [border - 1, border, border + 1, border + 16]) yield* cutAt(file, cut);
  }
  yield* cutAt(file, file.length - 1);
  for (let place = 0; place < start; place += 1) yield flipped(file, place, random);
  yield* flippedSomewhere(file, start, file.length, 100, random);
  const head = file.subarray(0, start);
  for (const [name, order] of rearranged(chunks, random)) yield [name, Buffer.concat([head, ...order])];
  yield ['a byte behind the end', Buffer.concat([file, Buffer.from('x')])];
  yield ['the whole file twice', Buffer.concat([file, file])];
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

function* damagedArmor(file: Buffer, random: SeededRandom): Generator<[string, Buffer]> {
  const begin = file.indexOf('\n') + 1;
  const end = file.lastIndexOf('\n-----END');
  for (let count = 0; count < 20; count += 1) yield* cutAt(file, begin + random.below(end - begin));
  yield* cutAt(file, end);
  yield* cutAt(file, end + 1);
  yield* flippedSomewhere(file, begin, end, 60, random);
  const lineBytes = 65;
  for (let count = 0; count < 10; count += 1) {
    const at = begin + random.below(Math.floor((end - begin) / lineBytes) - 2) * lineBytes;
    const [one, two] = [file.subarray(at, at + lineBytes), file.subarray(at + lineBytes, at + 2 * lineBytes)];
    const rest = file.subarray(at + 2 * lineBytes);
    yield [`lines at ${at} swapped`, Buffer.concat([file.subarray(0, at), two, one, rest])];
    yield [`line at ${at} left out`, Buffer.concat([file.subarray(0, at), two, rest])];
    yield [`line at ${at} twice`, Buffer.concat([file.subarray(0, at), one, one, two, rest])];
  }
}

async function* damagedOpenPgp(
  content: Buffer,
  { openPgpRecipient, openPgpSigner }: DamageKeys,
  random: SeededRandom,
): AsyncGenerator<DamagedFile, void, undefined> {
  const stranger = await createOpenPgpKeyPair('stranger');
  const seal = (recipient: string, signer?: OpenPgpKeyPair) =>
    gather(
      encryptOpenPgp(once(content), { recipients: [recipient], ...(signer ? { signer: signer.privateKey } : {}) }),
    );
  const file = await seal(openPgpRecipient, openPgpSigner);
  const form = 'openpgp';
  yield { form, name: 'for another key', bytes: await seal(stranger.publicKey, openPgpSigner) };
  yield { form, name: 'by another signer', bytes: await seal(openPgpRecipient, stranger) };
  yield { form, name: 'by no signer', bytes: await seal(openPgpRecipient) };
  yield* named(form, damagedSomewhere(file, random, sameMessage));
}

function* damagedSomewhere(
  file: Buffer,
  random: SeededRandom,
  without: ReadonlySet<number> = new Set(),
): Generator<[string, Buffer]> {
  for (const cut of [0, 1, 2, file.length - 22, file.length - 1]) yield* cutAt(file, cut);
  for (let count = 0; count < 20; count += 1) yield* cutAt(file, random.below(file.length));
  const head = 100;
  for (let place = 0; place < head; place += 1) if (!without.has(place)) yield flipped(file, place, random);
  yield* flippedSomewhere(file, head, file.length, 40, random);
  yield ['a byte behind the end', Buffer.concat([file, Buffer.from('x')])];
  yield ['the whole file twice', Buffer.concat([file, file])];
}

async function* damagedMinisign(
  content: Buffer,
  { minisignSigner }: DamageKeys,
  random: SeededRandom,
): AsyncGenerator<DamagedFile, void, undefined> {
  const form = 'minisign';
  const stranger = createMinisignKeyPair();
  const signature = await signMinisign(once(content), minisignSigner, 'seeded');
  const signedBy = async (signer: MinisignKeyPair) => signMinisign(once(content), signer, 'seeded');
  yield { form, name: 'by another signer', bytes: content, signature: await signedBy(stranger) };
  const pretender = await signedBy({ ...stranger, keyId: minisignSigner.keyId });
  yield { form, name: 'by another signer under the same id', bytes: content, signature: pretender };
  const other = await signMinisign(once(Buffer.from('other')), minisignSigner, 'seeded');
  yield { form, name: 'the signature of another file', bytes: content, signature: other };
  for (const [name, bytes] of damagedSomewhere(content, random)) yield { form, name, bytes, signature };
  // The first line is a comment that nobody signs.
  const begin = signature.indexOf('\n') + 1;
  for (let place = begin; place < signature.length - 1; place += 1) {
    const [name, bytes] = flipped(signature, place, random);
    yield { form, name: `signature ${name}`, bytes: content, signature: bytes };
  }
}

function* cutAt(file: Buffer, cut: number): Generator<[string, Buffer]> {
  if (cut >= 0 && cut < file.length) yield [`cut off at ${cut}`, file.subarray(0, cut)];
}

function flipped(file: Buffer, place: number, random: SeededRandom): [string, Buffer] {
  const bit = random.below(8);
  const changed = Buffer.from(file);
  changed.writeUInt8(changed.readUInt8(place) ^ (1 << bit), place);
  return [`bit ${bit} of byte ${place} flipped`, changed];
}

function* flippedSomewhere(
  file: Buffer,
  begin: number,
  end: number,
  count: number,
  random: SeededRandom,
): Generator<[string, Buffer]> {
  for (let made = 0; made < count; made += 1) yield flipped(file, begin + random.below(end - begin), random);
}

function* named(form: DamagedForm, files: Iterable<[string, Buffer]>): Generator<DamagedFile> {
  for (const [name, bytes] of files) yield { form, name, bytes };
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

async function sealForAnother(content: Buffer): Promise<Buffer> {
  return gather(encryptAge(once(content), [recipientOf(generateIdentity())]));
}

async function withForeignHeader(file: Buffer, content: Buffer, { recipient }: DamageKeys): Promise<Buffer> {
  const other = await gather(encryptAge(once(content), [recipient]));
  return Buffer.concat([other.subarray(0, payloadStart(other)), file.subarray(payloadStart(file))]);
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
