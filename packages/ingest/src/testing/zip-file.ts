import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFileEntry {
  name: string;
  content: Uint8Array | string;
  /** Deflated unless told otherwise. */
  method?: 'stored' | 'deflated';
  /** Sizes and checksum behind the data, as those write it who don't know them before. */
  sizesFollow?: boolean;
  /** Sizes and offsets in the long form, as for files beyond 4 GiB. */
  isLong?: boolean;
  flags?: number;
  /** Told instead of the true one. */
  checksum?: number;
}

/** A zip file of these entries, for tests. */
export function zipFile(entries: readonly ZipFileEntry[], comment = ''): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const add = (part: Buffer) => {
    parts.push(part);
    offset += part.length;
  };
  for (const entry of entries) {
    const written = packEntry(entry);
    directory.push(directoryEntry(entry, written, offset));
    add(localHeader(entry, written));
    add(written.data);
    if (entry.sizesFollow) add(dataDescriptor(entry, written));
  }
  const start = offset;
  for (const part of directory) add(part);
  const sizeBytes = offset - start;
  if (entries.some((entry) => entry.isLong)) {
    const longEnd = offset;
    add(longEndRecord(entries.length, sizeBytes, start));
    add(longEndLocator(longEnd));
  }
  add(endRecord(entries.length, sizeBytes, start, comment));
  return Buffer.concat(parts);
}

interface PackedEntry {
  name: Buffer;
  content: Buffer;
  data: Buffer;
  checksum: number;
}

function packEntry({ name, content, method, checksum }: ZipFileEntry): PackedEntry {
  const bytes = Buffer.from(content);
  const data = method === 'stored' ? bytes : deflateRawSync(bytes);
  return { name: Buffer.from(name), content: bytes, data, checksum: checksum ?? crc32(bytes) };
}

function localHeader(entry: ZipFileEntry, { name, content, data, checksum }: PackedEntry): Buffer {
  const header = Buffer.alloc(30);
  const extra = entry.isLong ? longExtra([content.length, data.length]) : Buffer.alloc(0);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE((entry.flags ?? 0) | (entry.sizesFollow ? 8 : 0), 6);
  header.writeUInt16LE(entry.method === 'stored' ? 0 : 8, 8);
  if (!entry.sizesFollow) {
    header.writeUInt32LE(checksum, 14);
    header.writeUInt32LE(entry.isLong ? 0xffffffff : data.length, 18);
    header.writeUInt32LE(entry.isLong ? 0xffffffff : content.length, 22);
  }
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, name, extra]);
}

function dataDescriptor(entry: ZipFileEntry, { content, data, checksum }: PackedEntry): Buffer {
  const descriptor = Buffer.alloc(entry.isLong ? 24 : 16);
  descriptor.writeUInt32LE(0x08074b50, 0);
  descriptor.writeUInt32LE(checksum, 4);
  if (entry.isLong) {
    descriptor.writeBigUInt64LE(BigInt(data.length), 8);
    descriptor.writeBigUInt64LE(BigInt(content.length), 16);
  } else {
    descriptor.writeUInt32LE(data.length, 8);
    descriptor.writeUInt32LE(content.length, 12);
  }
  return descriptor;
}

function directoryEntry(entry: ZipFileEntry, packed: PackedEntry, offset: number): Buffer {
  const { name, content, data, checksum } = packed;
  const header = Buffer.alloc(46);
  const extra = entry.isLong ? longExtra([content.length, data.length, offset]) : Buffer.alloc(0);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(entry.flags ?? 0, 8);
  header.writeUInt16LE(entry.method === 'stored' ? 0 : 8, 10);
  header.writeUInt32LE(checksum, 16);
  header.writeUInt32LE(entry.isLong ? 0xffffffff : data.length, 20);
  header.writeUInt32LE(entry.isLong ? 0xffffffff : content.length, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(entry.isLong ? 0xffffffff : offset, 42);
  return Buffer.concat([header, name, extra]);
}

function longExtra(sizes: number[]): Buffer {
  const extra = Buffer.alloc(4 + sizes.length * 8);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(sizes.length * 8, 2);
  for (const [index, size] of sizes.entries()) extra.writeBigUInt64LE(BigInt(size), 4 + index * 8);
  return extra;
}

function longEndRecord(count: number, sizeBytes: number, start: number): Buffer {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(sizeBytes), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  return record;
}

function longEndLocator(longEnd: number): Buffer {
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(longEnd), 8);
  locator.writeUInt32LE(1, 16);
  return locator;
}

function endRecord(count: number, sizeBytes: number, start: number, comment: string): Buffer {
  const record = Buffer.alloc(22);
  record.writeUInt32LE(0x06054b50, 0);
  record.writeUInt16LE(count, 8);
  record.writeUInt16LE(count, 10);
  record.writeUInt32LE(sizeBytes, 12);
  record.writeUInt32LE(start, 16);
  record.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([record, Buffer.from(comment)]);
}
