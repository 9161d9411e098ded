import { isUtf8 } from 'node:buffer';
import {
  columnLimit,
  CsvRecordScanner,
  JsonLinesScanner,
  readHeaderRecord,
  type RecordScanner,
  refuseOtherFormats,
  type TableHeader,
  type TextEncoding,
  TextReader,
} from '@hikyaku/datasets/reading';
import { HikyakuError, type TableDefinition } from '@hikyaku/types';
import { peek } from './peek.ts';
import { openWorkbook } from './workbook/open-workbook.ts';

/** What is looked at to tell other formats by. */
const headBytes = 512;

export interface OpenRecordsOptions {
  definition: TableDefinition;
  recordLimitBytes?: number | undefined;
  signal?: AbortSignal | undefined;
}

/** A file whose header is read; its rows are what the scanner shows next. */
export interface OpenRecords {
  /** Tells a `wrong-column-count` from here on. */
  scanner: RecordScanner;
  /** JSON Lines add to its ignored columns as they are read. */
  header: TableHeader;
  /** The header's lines in the file, and itself as CSV; undefined for JSON Lines, which have none. */
  headerRecord: { firstLine: number; lastLine: number; canonical: Buffer } | undefined;
  /** Of what was read so far; null where the format leaves no choice. */
  encoding(): TextEncoding | null;
  /** Hands the next bytes to the scanner, which must have shown all it had; false after the last. */
  readOn(): Promise<boolean>;
  /** Closes the source. */
  close(): Promise<void>;
}

/** A scanner and what feeds it. */
export type Reading = Pick<OpenRecords, 'scanner' | 'encoding' | 'readOn' | 'close'>;

/**
 * Opens content as what its dataset's files are, up to and with the header. What is wrong behind it is shown by the scanner,
 * record by record, or is the source's and thrown by `readOn`. The source is closed where this throws.
 *
 * Throws `HikyakuError`: `empty-file`, `other-format`, those of `readHeaderRecord`, `JsonLinesScanner` and
 * `openWorkbook`. Errors of the source as they are.
 */
export async function openRecords(
  content: AsyncIterable<Uint8Array>,
  { definition, recordLimitBytes, signal }: OpenRecordsOptions,
): Promise<OpenRecords> {
  const { head, source } = await peek(content, headBytes);
  try {
    if (head.length === 0) throw new HikyakuError('empty-file');
    refuseOtherFormats(head, definition.format);
    const limits = recordLimitBytes === undefined ? {} : { recordLimitBytes };
    switch (definition.format) {
      case 'json-lines': {
        const scanner = new JsonLinesScanner(definition, limits);
        return { ...readText(source, scanner, definition), header: scanner.header, headerRecord: undefined };
      }
      case 'csv':
      case 'tsv': {
        const delimiter = definition.format === 'tsv' ? '\t' : definition.delimiter;
        const scanner = new CsvRecordScanner({ ...limits, delimiter, isUtf8, fieldLimit: columnLimit });
        return await readFirstRecord(readText(source, scanner, definition), definition);
      }
      case 'xlsx':
        return await readFirstRecord(await openWorkbook(source, { definition, limits, signal }), definition);
      default:
        return definition.format satisfies never;
    }
  } catch (error) {
    await source.return?.();
    throw error;
  }
}

function readText(
  source: AsyncIterableIterator<Uint8Array, void>,
  scanner: RecordScanner,
  definition: TableDefinition,
): Reading {
  const text = new TextReader(definition.encoding);
  let isRead = false;
  return {
    scanner,
    encoding: () => text.encoding,
    async readOn() {
      if (isRead) {
        scanner.finish();
        return false;
      }
      const { done, value } = await source.next();
      isRead = done === true;
      scanner.push(done ? text.finish() : text.push(value));
      return true;
    },
    async close() {
      await source.return?.();
    },
  };
}

async function readFirstRecord(reading: Reading, definition: TableDefinition): Promise<OpenRecords> {
  const { scanner } = reading;
  try {
    for (let more = true; !scanner.next();) {
      if (!more) throw new HikyakuError('empty-file');
      more = await reading.readOn();
    }
    const header = readHeaderRecord(scanner, definition);
    const { lineNumber, lastLineNumber } = scanner;
    const canonical = Buffer.from(scanner.bytes.subarray(scanner.start, scanner.end));
    return { ...reading, header, headerRecord: { firstLine: lineNumber, lastLine: lastLineNumber, canonical } };
  } catch (error) {
    await reading.close();
    throw error;
  }
}
