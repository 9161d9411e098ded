import { isUtf8 } from 'node:buffer';
import { columnLimit, CsvRecordScanner } from '@hikyaku/datasets';
import { HikyakuError } from '@hikyaku/types';
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
  /** Idle; it is in a transaction of this function's own until the promise settles. */
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
  const { client, target, stagingTable } = options;
  const { head, source } = await peek(readChunks(options.source, options.signal), byteOrderMark.length);
  try {
    return await inTransaction(client, () =>
      asOrganization(client, { role: target.role }, async () => {
        const lines = qualifiedName(target.schema, linesTableName(stagingTable));
        await client.query(`DECLARE refused_lines NO SCROLL CURSOR FOR
          SELECT DISTINCT line_number FROM ${qualifiedName(target.schema, rejectsTableName(stagingTable))} ORDER BY 1`);
        const writer = new LineWriter(client, lines, options.limits);
        const form = await keepLines(client, source, byteOrderMark.equals(head), writer);
        await client.query('CLOSE refused_lines');
        return form;
      }),
    );
  } finally {
    await source.return?.();
  }
}

async function keepLines(
  client: DatabaseClient,
  source: AsyncIterator<Uint8Array, void>,
  hasMark: boolean,
  writer: LineWriter,
): Promise<FileForm> {
  const scanner = new CsvRecordScanner({ isUtf8, fieldLimit: columnLimit });
  let form: FileForm | undefined;
  let wanted: number[] = [];
  let next = 0;
  const goOn = async () => {
    if (++next < wanted.length) return;
    const { rows } = await client.query<{ line_number: string }>(`FETCH ${numbersAtATime} FROM refused_lines`);
    wanted = rows.map((row) => Number(row.line_number));
    next = 0;
  };
  await goOn();
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
      } else if (scanner.lineNumber === wanted[next]) {
        // Of a record that was given up, the scanner passes over what is left with half of the line's end.
        if (form.newline === '\r\n' && raw.at(-1) === carriageReturn) raw = raw.subarray(0, -1);
        await writer.add(scanner.lineNumber, raw);
        await goOn();
        if (wanted.length === 0) break;
      }
    }
    if (form && wanted.length === 0) {
      await writer.flush();
      return form;
    }
  }
  throw new HikyakuError('staging-lost', { retriable: true, details: { lineNumber: wanted[next] ?? 0 } });
}

/** Gathers lines into inserts of about 1 MiB. */
class LineWriter {
  readonly #client: DatabaseClient;
  readonly #table: string;
  readonly #longestLineBytes: number;
  #bytesLeft: number;
  #numbers: number[] = [];
  #lines: (Buffer | null)[] = [];
  #bytes = 0;

  constructor(client: DatabaseClient, table: string, limits: KeepRefusedLinesOptions['limits'] = {}) {
    this.#client = client;
    this.#table = table;
    this.#longestLineBytes = limits.longestLineBytes ?? longestLineBytes;
    this.#bytesLeft = limits.mostBytes ?? mostBytes;
  }

  async add(lineNumber: number, raw: Uint8Array): Promise<void> {
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
    await this.#client.query(
      `INSERT INTO ${this.#table} (line_number, raw) SELECT * FROM unnest($1::bigint[], $2::bytea[])`,
      [this.#numbers, this.#lines],
    );
    this.#numbers = [];
    this.#lines = [];
    this.#bytes = 0;
  }
}
