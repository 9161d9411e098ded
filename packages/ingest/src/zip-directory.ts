const endRecord = 0x06054b50;
const longEndRecord = 0x06064b50;
const longEndLocator = 0x07064b50;
const directoryEntry = 0x02014b50;
const endRecordBytes = 22;
const locatorBytes = 20;
const entryBytes = 46;
const inLongForm = 0xffffffff;

export interface ZipEntry {
  name: Buffer;
  checksum: number;
  compressedBytes: number;
  contentBytes: number;
  /** Of its local header in the file. */
  offset: number;
}

/**
 * The entries that the directory at a zip file's end lists, in zip64 too. Undefined where the directory isn't whole, or where
 * something stands behind it.
 *
 * @param tail the file's last bytes
 * @param offset where they begin in the file
 */
export function readZipDirectory(tail: Buffer, offset: number): ZipEntry[] | undefined {
  try {
    const end = findEnd(tail);
    if (end === -1) return undefined;
    let count = tail.readUInt16LE(end + 10);
    let start = tail.readUInt32LE(end + 16);
    const locator = end - locatorBytes;
    if (locator >= 0 && tail.readUInt32LE(locator) === longEndLocator) {
      const longEnd = Number(tail.readBigUInt64LE(locator + 8)) - offset;
      if (tail.readUInt32LE(longEnd) !== longEndRecord) return undefined;
      count = Number(tail.readBigUInt64LE(longEnd + 32));
      start = Number(tail.readBigUInt64LE(longEnd + 48));
    }
    return readEntries(tail, start - offset, count);
  } catch (error) {
    // Beyond the bytes there are.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The record at the very end, with a comment at most behind it. */
function findEnd(tail: Buffer): number {
  for (let at = tail.length - endRecordBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endRecord && at + endRecordBytes + tail.readUInt16LE(at + 20) === tail.length)
      return at;
  }
  return -1;
}

function readEntries(tail: Buffer, start: number, count: number): ZipEntry[] | undefined {
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < count; index++) {
    if (tail.readUInt32LE(at) !== directoryEntry) return undefined;
    const nameEnd = at + entryBytes + tail.readUInt16LE(at + 28);
    const extraEnd = nameEnd + tail.readUInt16LE(at + 30);
    const long = longSizes(tail.subarray(nameEnd, extraEnd));
    const sizeAt = (place: number) => {
      const size = tail.readUInt32LE(place);
      return size === inLongForm ? long() : size;
    };
    // In this order: those in the long form follow one another in the extra field.
    const contentBytes = sizeAt(at + 24);
    const compressedBytes = sizeAt(at + 20);
    const offset = sizeAt(at + 42);
    const checksum = tail.readUInt32LE(at + 16);
    entries.push({ name: tail.subarray(at + entryBytes, nameEnd), checksum, compressedBytes, contentBytes, offset });
    at = extraEnd + tail.readUInt16LE(at + 32);
  }
  return entries;
}

/** Gives the sizes of a zip64 extra field, one after the other. */
function longSizes(extra: Buffer): () => number {
  let next = -1;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) next = at + 4;
  }
  return () => {
    if (next === -1) throw new RangeError('no long sizes');
    next += 8;
    return Number(extra.readBigUInt64LE(next - 8));
  };
}
