import { encodingOfMark, longestMarkBytes, type TextEncoding } from '@hikyaku/datasets/reading';
import { type FileFormat, HikyakuError, type TableDefinition } from '@hikyaku/types';
import type { QueryResultRow } from 'pg';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { inTransaction } from './in-transaction.ts';
import { openRecords, type OpenRecords } from './open-records.ts';
import { peek } from './peek.ts';
import { type Newline, RawLines } from './raw-lines.ts';
import { readChunks } from './read-chunks.ts';
import { linesTableName, rejectsTableName } from './staging-table.ts';
import { type OrganizationSchema, qualifiedName } from './target-table.ts';

/** Longer lines are told without their bytes: nobody corrects them by hand. */
const longestLineBytes = 64 * 1024;
/** Of one file, in all: what is kept beside the ledger doesn't grow with what people send. */
const mostBytes = 256 * 1024 ** 2;
const numbersAtATime = 5_000;
const batchBytes = 1024 ** 2;
const batchLines = 1_000;

export interface KeepRefusedLinesOptions {
  /** Idle; it is in transactions of this function's own now and then until the promise settles. */
  client: DatabaseClient;
  target: OrganizationSchema;
  definition: TableDefinition;
  stagingTable: string;
  /** The very content that was staged, once more; closed whatever happens. */
  source: AsyncIterable<Uint8Array>;
  signal?: AbortSignal;
  limits?: { longestLineBytes?: number; mostBytes?: number };
}

/** How the file writes its lines; how refused ones are written back. */
export interface FileForm {
  format: FileFormat;
  /** The first record byte for byte, without its line ending. Empty for JSON Lines; of a workbook as CSV. */
  header: Buffer;
  /** Of a workbook's rows, which are kept as CSV, UTF-8. */
  encoding: TextEncoding;
  byteOrderMark: boolean;
  newline: Newline;
  /** What stands between two cells. */
  delimiter: string;
}

/**
 * Reads a staged file once more, up to its last refused line, and keeps the refused ones beside the rejects: byte for byte as
 * they were sent, the rows of a workbook as CSV. Files without rejects are never read twice, and while a file is staged
 * nobody knows yet which of its lines will be refused.
 *
 * Throws `HikyakuError`: `staging-lost` (retriable) where the file doesn't have the lines, `stopped` (or the signal's reason),
 * `database-unavailable`, `internal`. Errors of the source as they are.
 */
export async function keepRefusedLines(options: KeepRefusedLinesOptions): Promise<FileForm> {
  const { definition, signal } = options;
  const { head, source } = await peek(readChunks(options.source, signal), longestMarkBytes);
  const mark = encodingOfMark(head);
  const encoding = mark?.encoding ?? (definition.encoding === 'auto' ? 'utf-8' : definition.encoding);
  const longest = options.limits?.longestLineBytes ?? longestLineBytes;
  const lines = definition.format === 'xlsx' ? undefined : new RawLines(encoding, mark?.markBytes ?? 0, longest);
  const records = await openRecords(lines ? passing(source, lines) : source, { definition, signal });
  try {
    const form = formOf(records, lines, definition, mark !== undefined);
    const newline = await keepLines(records, lines, new RefusedLines(options));
    return { ...form, newline, encoding: records.encoding() ?? 'utf-8' };
  } finally {
    await records.close();
  }
}

async function* passing(
  source: AsyncIterable<Uint8Array>,
  lines: RawLines,
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) {
    lines.push(chunk);
    yield chunk;
  }
}

/** Before a line is forgotten: the header's too. */
function formOf(
  { headerRecord }: OpenRecords,
  lines: RawLines | undefined,
  { format, delimiter }: TableDefinition,
  hasMark: boolean,
): Omit<FileForm, 'encoding' | 'newline'> {
  // For a spreadsheet: without a mark it takes UTF-8 for something else.
  if (!lines) {
    return { format, header: headerRecord?.canonical ?? Buffer.alloc(0), byteOrderMark: true, delimiter: ',' };
  }
  const header = headerRecord && lines.take(headerRecord.firstLine, headerRecord.lastLine);
  return {
    format,
    header: Buffer.from(header ?? []),
    byteOrderMark: hasMark,
    delimiter: format === 'tsv' ? '\t' : delimiter,
  };
}

/** How the header's line ends, and with it the others. */
async function keepLines(records: OpenRecords, lines: RawLines | undefined, refused: RefusedLines): Promise<Newline> {
  const { scanner, headerRecord } = records;
  let newline: Newline | undefined;
  let wanted = await refused.nextNumber();
  for (let more = true; wanted !== undefined;) {
    while (wanted !== undefined && scanner.next()) {
      if (scanner.lineNumber !== wanted) continue;
      await refused.keep(
        wanted,
        lines ? lines.take(wanted, scanner.lastLineNumber) : scanner.bytes.subarray(scanner.start, scanner.end),
      );
      wanted = await refused.nextNumber();
    }
    newline ??= lines?.newlineOf(headerRecord?.lastLine ?? 1);
    lines?.forgetBefore(scanner.lineReached);
    if (!more) break;
    more = await records.readOn();
  }
  if (wanted !== undefined)
    throw new HikyakuError('staging-lost', { retriable: true, details: { lineNumber: wanted } });
  await refused.flush();
  return newline ?? (lines ? '\n' : '\r\n');
}

/**
 * The staging side: which lines, and where they are put. Each look and each write is a transaction of its own: the file in
 * between takes as long as it takes, and the server ends whoever idles in a transaction.
 */
class RefusedLines {
  readonly #options: KeepRefusedLinesOptions;
  readonly #longestLineBytes: number;
  #bytesLeft: number;
  #wanted: number[] = [];
  #next = 0;
  #numbers: number[] = [];
  #lines: (Buffer | null)[] = [];
  #bytes = 0;

  constructor(options: KeepRefusedLinesOptions) {
    this.#options = options;
    this.#longestLineBytes = options.limits?.longestLineBytes ?? longestLineBytes;
    this.#bytesLeft = options.limits?.mostBytes ?? mostBytes;
  }

  /** The next line that was refused; undefined after the last. */
  async nextNumber(): Promise<number | undefined> {
    if (this.#next === this.#wanted.length) {
      const after = this.#wanted.at(-1) ?? 0;
      const { target, stagingTable } = this.#options;
      const rejects = qualifiedName(target.schema, rejectsTableName(stagingTable));
      const { rows } = await this.#query<{ line_number: string }>(
        `SELECT DISTINCT line_number FROM ${rejects} WHERE line_number > $1 ORDER BY 1 LIMIT ${numbersAtATime}`,
        [after],
      );
      this.#wanted = rows.map((row) => Number(row.line_number));
      this.#next = 0;
    }
    return this.#wanted[this.#next++];
  }

  /** @param raw undefined of a line that is too long */
  async keep(lineNumber: number, raw: Uint8Array | undefined): Promise<void> {
    const isKept = raw !== undefined && raw.length <= Math.min(this.#longestLineBytes, this.#bytesLeft);
    this.#numbers.push(lineNumber);
    // A copy: the scanner uses its bytes again.
    this.#lines.push(isKept ? Buffer.from(raw) : null);
    if (isKept) {
      this.#bytesLeft -= raw.length;
      this.#bytes += raw.length;
    }
    if (this.#bytes >= batchBytes || this.#numbers.length >= batchLines) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#numbers.length === 0) return;
    const { target, stagingTable } = this.#options;
    const table = qualifiedName(target.schema, linesTableName(stagingTable));
    await this.#query(`INSERT INTO ${table} (line_number, raw) SELECT * FROM unnest($1::bigint[], $2::bytea[])`, [
      this.#numbers,
      this.#lines,
    ]);
    this.#numbers = [];
    this.#lines = [];
    this.#bytes = 0;
  }

  #query<Row extends QueryResultRow>(statement: string, values: unknown[]) {
    const { client, target } = this.#options;
    return inTransaction(client, () =>
      asOrganization(client, { role: target.role }, () => client.query<Row>(statement, values)),
    );
  }
}
