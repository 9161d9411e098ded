import { CsvRecordScanner, type CsvRecordScannerOptions } from '../src/csv-record-scanner.ts';
import type { ReferenceRecord } from './reference-csv.ts';

/** Every record of the chunks, as the reference parser gives them. */
export function scanAll(
  chunks: Iterable<Uint8Array>,
  options: CsvRecordScannerOptions & { fieldCount?: number | undefined } = {},
): ReferenceRecord[] {
  const scanner = new CsvRecordScanner(options);
  scanner.expectedFieldCount = options.fieldCount;
  const records: ReferenceRecord[] = [];
  const takeRecords = () => {
    while (scanner.next()) {
      const { lineNumber, fault, fieldCount } = scanner;
      const text = Buffer.from(scanner.bytes.subarray(scanner.start, scanner.end)).toString('latin1');
      records.push({ lineNumber, fault, ...(fault ? {} : { text, fieldCount }) });
    }
  };
  for (const chunk of chunks) {
    scanner.push(chunk);
    takeRecords();
  }
  scanner.finish();
  takeRecords();
  return records;
}

/** Cuts at random places; some chunks are empty, and each is a copy, so that reading past one shows. */
export function* cutAtRandom(file: Uint8Array, random: () => number, longest: number): Generator<Uint8Array> {
  for (let position = 0; position < file.length;) {
    const length = Math.floor(random() * (longest + 1));
    yield Uint8Array.from(file.subarray(position, position + length));
    position += length;
  }
}

/** A small generator of numbers from 0 to 1 that a seed repeats (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
