import { crc32, createInflateRaw } from 'node:zlib';
import { HikyakuError } from '@hikyaku/types';
import { type ByteQueue, byteQueue } from './byte-queue.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

const chunkBytes = 1024 ** 2;
const localHeaderBytes = 30;
const encryptedFlag = 1;
const sizesFollowFlag = 8;
const stored = 0;
const deflated = 8;
/** Unpacks to 16 MiB at most, all of which may wait in memory. */
const sliceBytes = 16 * 1024;
/** What stands behind the entry: its sizes, the directory, and what a Mac puts beside a file. */
const longestTailBytes = 1024 ** 2;

interface LocalHeader {
  name: Buffer;
  method: number;
  /** Undefined where they follow the data. */
  compressedBytes: number | undefined;
}

/**
 * The content of the one file in a zip, read from the front: nothing is written to a disk, and one chunk of 1 MiB is held.
 * What was unpacked is compared with the directory at the end in length and checksum. Beside the file there may be what a Mac
 * adds, `__MACOSX/…`.
 *
 * @throws HikyakuError `damaged-compression` (damage: `truncated`, `trailing`, `data`), `content-too-large` (limitBytes),
 * `unsupported-compression` (kind: `several`, `empty`, `encrypted`, `method`, `name`); errors of the source as they are
 */
export async function* decompressZip(
  source: AsyncIterable<Uint8Array>,
  maxContentBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = byteQueue(source);
  try {
    const header = await readLocalHeader(bytes);
    const begins = bytes.bytesTaken();
    let checksum = 0;
    let contentBytes = 0;
    const data = header.method === stored ? copied(bytes, header.compressedBytes ?? 0) : inflated(bytes);
    for await (const chunk of data) {
      contentBytes += chunk.length;
      if (contentBytes > maxContentBytes) {
        throw new HikyakuError('content-too-large', { details: { limitBytes: maxContentBytes } });
      }
      checksum = crc32(chunk, checksum);
      yield chunk;
    }
    const compressedBytes = bytes.bytesTaken() - begins;
    const entry = await readOnlyEntry(bytes);
    if (!entry.name.equals(header.name) || entry.checksum !== checksum) throw damaged('data');
    if (entry.contentBytes !== contentBytes || entry.compressedBytes !== compressedBytes) throw damaged('data');
    if (header.compressedBytes !== undefined && header.compressedBytes !== compressedBytes) throw damaged('data');
  } finally {
    await bytes.close();
  }
}

async function readLocalHeader(bytes: ByteQueue): Promise<LocalHeader> {
  const fixed = await bytes.take(localHeaderBytes);
  if (fixed.length >= 4 && fixed.readUInt32LE(0) === 0x06054b50) throw unsupported('empty');
  if (fixed.length < localHeaderBytes) throw damaged('truncated');
  const flags = fixed.readUInt16LE(6);
  const method = fixed.readUInt16LE(8);
  const nameBytes = fixed.readUInt16LE(26);
  const variable = await bytes.take(nameBytes + fixed.readUInt16LE(28));
  if (variable.length < nameBytes + fixed.readUInt16LE(28)) throw damaged('truncated');
  const name = variable.subarray(0, nameBytes);
  if (name.at(-1) === 0x2f) throw unsupported('several');
  refuseTricks(name);
  if (flags & encryptedFlag) throw unsupported('encrypted');
  const sizesFollow = (flags & sizesFollowFlag) !== 0;
  // Where a stored file of unknown length ends nobody can say.
  if (method !== deflated && !(method === stored && !sizesFollow)) throw unsupported('method');
  const size = fixed.readUInt32LE(18);
  const compressedBytes = size === 0xffffffff ? longSize(variable.subarray(nameBytes)) : size;
  return { name, method, compressedBytes: sizesFollow ? undefined : compressedBytes };
}

/** No name of an entry is ever used; one that points elsewhere is still no file that somebody just wanted to send. */
function refuseTricks(name: Buffer): void {
  const text = name.toString('latin1');
  if (/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0/.test(text) || text === '') throw unsupported('name');
}

/** Of a zip64 extra field in a local header: the content's size and then the compressed one. */
function longSize(extra: Buffer): number {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1 && at + 20 <= extra.length) return Number(extra.readBigUInt64LE(at + 12));
  }
  throw damaged('data');
}

async function* copied(bytes: ByteQueue, count: number): AsyncGenerator<Uint8Array, void, undefined> {
  for (let left = count; left > 0;) {
    const chunk = await bytes.next();
    if (!chunk) throw damaged('truncated');
    const part = chunk.subarray(0, left);
    bytes.giveBack(chunk.subarray(part.length));
    left -= part.length;
    yield part;
  }
}

/** Stops behind the last byte of the data; what was read beyond goes back. */
async function* inflated(bytes: ByteQueue): AsyncGenerator<Uint8Array, void, undefined> {
  const inflate = createInflateRaw({ chunkSize: chunkBytes });
  const unpacked: Buffer[] = [];
  let given = 0;
  let wake: { resolve: () => void; reject: (error: unknown) => void } | undefined;
  inflate.on('data', (chunk: Buffer) => unpacked.push(chunk));
  inflate.once('error', () => wake?.reject(damaged('data')));
  inflate.once('end', () => wake?.resolve());
  try {
    while (!inflate.readableEnded) {
      const chunk = await bytes.next();
      if (!chunk) throw damaged('truncated');
      const slice = chunk.subarray(0, sliceBytes);
      bytes.giveBack(chunk.subarray(slice.length));
      given += slice.length;
      // Once the data has ended its end is told, and the write never answered.
      await new Promise<void>((resolve, reject) => {
        wake = { resolve, reject };
        inflate.write(slice, (error) => (error ? reject(damaged('data')) : resolve()));
      });
      if (inflate.readableEnded) bytes.giveBack(slice.subarray(slice.length - (given - inflate.bytesWritten)));
      yield* unpacked.splice(0);
    }
  } finally {
    inflate.destroy();
  }
}

async function readOnlyEntry(bytes: ByteQueue): Promise<ZipEntry> {
  const offset = bytes.bytesTaken();
  const tail = await bytes.take(longestTailBytes + 1);
  if (tail.length > longestTailBytes) throw unsupported('several');
  const entries = readZipDirectory(tail, offset);
  if (!entries) throw damaged('truncated');
  const files = entries.filter((entry) => !entry.name.toString('latin1').startsWith('__MACOSX/'));
  const [entry] = files;
  if (!entry || files.length > 1) throw unsupported('several');
  if (entry.offset !== 0) throw damaged('data');
  return entry;
}

function damaged(damage: string): HikyakuError {
  return new HikyakuError('damaged-compression', { details: { damage } });
}

function unsupported(kind: string): HikyakuError {
  return new HikyakuError('unsupported-compression', { details: { kind } });
}
