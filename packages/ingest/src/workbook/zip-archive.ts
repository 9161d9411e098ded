import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { HikyakuError } from '@hikyaku/types';
import { type Entry, fromFdPromise } from 'yauzl';
import { damagedWorkbook } from './damaged-workbook.ts';

/** Entries of a workbook: some dozens; more is no workbook. */
const mostEntries = 10_000;
/** Names and what else the archive says of its entries: all of it is held. */
const largestDirectoryBytes = 4 * 1024 ** 2;

/** Reads entries of a zip file by their names. Nothing of it touches the disk: names are names. */
export interface ZipArchive {
  has(name: string): boolean;
  /**
   * @throws HikyakuError `damaged-workbook` where there is no such entry, or it isn't what the archive says it is;
   * `content-too-large` (limitBytes) where all that was read is more than may be
   */
  read(name: string): AsyncGenerator<Uint8Array, void, undefined>;
}

export async function openZipArchive(file: FileHandle, maxContentBytes: number): Promise<ZipArchive> {
  const { zip, entries } = await listEntries(file);
  let bytesRead = 0;

  async function* read(name: string): AsyncGenerator<Uint8Array, void, undefined> {
    const entry = entries.get(name);
    if (!entry) throw damagedWorkbook(name);
    let checksum = 0;
    try {
      const stream = await zip.openReadStreamPromise(entry);
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        bytesRead += chunk.length;
        if (bytesRead > maxContentBytes) {
          throw new HikyakuError('content-too-large', { details: { limitBytes: maxContentBytes } });
        }
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof HikyakuError ? error : damagedWorkbook(name, error);
    }
    if (checksum !== entry.crc32) throw damagedWorkbook(name);
  }
  return { has: (name) => entries.has(name), read };
}

async function listEntries(file: FileHandle) {
  try {
    const zip = await fromFdPromise(file.fd, { autoClose: false, lazyEntries: true });
    if (zip.entryCount > mostEntries) throw damagedWorkbook('entries');
    const entries = new Map<string, Entry>();
    let directoryBytes = 0;
    for await (const entry of zip.eachEntry()) {
      directoryBytes += entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength;
      if (directoryBytes > largestDirectoryBytes) throw damagedWorkbook('entries');
      entries.set(entry.fileName, entry);
    }
    return { zip, entries };
  } catch (error) {
    throw error instanceof HikyakuError ? error : damagedWorkbook('zip', error);
  }
}
