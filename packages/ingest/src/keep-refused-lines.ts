import { isUtf8 } from 'node:buffer';
import { columnLimit, CsvRecordScanner } from '@hikyaku/datasets';
import { HikyakuError } from '@hikyaku/types';
import type { QueryResultRow } from 'pg';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { inTransaction } from './in-transaction.ts';
import { peek } from './peek.ts';
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
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);
const carriageReturn = 0x0d;

export interface KeepRefusedLinesOptions {
  /** Idle; it is in transactions of this function's own now and then until the promise settles. */
  client: DatabaseClient;
  target: OrganizationSchema;
  stagingTable: string;
  /** The very content that was staged, once more; closed whatever happens. */
  source: AsyncIterable<Uint8Array>;
  signal?: AbortSignal;
  limits?: { longestLineBytes?: number; mostBytes?: number };
}

/** How the file writes its lines. */
export interface FileForm {
  /** The first record byte for byte, without its line ending. */
  header: Buffer;
  encoding: 'utf-8';
  byteOrderMark: boolean;
  newline: '\n' | '\r\n';
}

/**
 * Reads a staged file once more, up to its last refused line, and keeps the refused ones byte for byte beside the rejects.
 * Files without rejects are never read twice, and while a file is staged nobody knows yet which of its lines will be refused.
 *
 * Throws `HikyakuError`: `staging-lost` (retriable) where the file doesn't have the lines, `stopped` (or the signal's reason),
 * `database-unavailable`, `internal`. Errors of the source as they are.
 */
export async function keepRefusedLines(options: KeepRefusedLinesOptions): Promise<FileForm> {
  const { head, source } = await peek(readChunks(options.source, options.signal), byteOrderMark.length);
  try {
    return await keepLines(source, byteOrderMark.equals(head), new RefusedLines(options));
  } finally {
    await source.return?.();
  }
}

async function keepLines(
  source: AsyncIterator<Uint8Array, void>,
  hasMark: boolean,
  refused: RefusedLines,
): Promise<FileForm> {
  const scanner = new CsvRecordScanner({ isUtf8, fieldLimit: columnLimit });
  let form: FileForm | undefined;
  let wanted = await refused.nextNumber();
  for (let more = true; more;) {
    const { done, value } = await source.next();
    if (done) scanner.finish();
    else scanner.push(value);
    more = !done;
    while (scanner.next()) {
      let raw = scanner.bytes.subarray(scanner.start, scanner.end);
      if (!form) {
        const newline = scanner.bytes[scanner.end] === carriageReturn ? '\r\n' : '\n';
        form = { header: Buffer.from(raw), encoding: 'utf-8', byteOrderMark: hasMark, newline };
      } else if (scanner.lineNumber === wanted) {
        // Of a record that was given up, the scanner passes over what is left with half of the line's end.
        if (form.newline === '\r\n' && raw.at(-1) === carriageReturn) raw = raw.subarray(0, -1);
        await refused.keep(wanted, raw);
        wanted = await refused.nextNumber();
        if (wanted === undefined) break;
      }
    }
    if (form && wanted === undefined) {
      await refused.flush();
      return form;
    }
  }
  throw new HikyakuError('staging-lost', { retriable: true, details: { lineNumber: wanted ?? 0 } });
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

  async keep(lineNumber: number, raw: Uint8Array): Promise<void> {
    const isKept = raw.length <= Math.min(this.#longestLineBytes, this.#bytesLeft);
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
