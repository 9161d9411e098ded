import type { CsvRecord } from './csv-record.ts';

/**
 * Finds the records of a file in its bytes, whatever the size of the chunks. `push` a chunk, call `next` until it is false,
 * `push` again; after the last chunk `finish`, then `next` until it is false. After each `next` that is true the fields of
 * `CsvRecord` describe one record.
 *
 * What is wrong with a record is its `fault`; nothing is thrown for it, and the records around it are told.
 */
export interface RecordScanner extends CsvRecord {
  expectedFieldCount: number | undefined;
  /** The record's last line in the file. */
  readonly lastLineNumber: number;
  /** The first line that may still be part of a record to come. */
  readonly lineReached: number;
  /** Hands over the next bytes of the file. `next` must have said false before. The chunk is not kept. */
  push(chunk: Uint8Array): void;
  /** Says that no chunk will come any more. */
  finish(): void;
  /** Goes to the next record; false when more bytes are needed, or after `finish` when there is none. */
  next(): boolean;
}
