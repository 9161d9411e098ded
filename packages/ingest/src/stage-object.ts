import { isUtf8 } from 'node:buffer';
import { columnLimit, CsvRecordScanner, readHeader, refuseOtherFormats, type TableHeader } from '@hikyaku/datasets';
import { HikyakuError, type RejectCode, type TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { toHikyakuError } from './database-error.ts';
import { dropStaging } from './drop-staging.ts';
import { inTransaction } from './in-transaction.ts';
import { readChunks } from './read-chunks.ts';
import { createStagingTables } from './staging-table.ts';
import { type BorrowedClient, StagingWriter } from './staging-writer.ts';
import type { OrganizationSchema } from './target-table.ts';

/** What is kept of the beginning, to tell other formats by. */
const headBytes = 512;

export interface StageProgress {
  rowsRead: number;
}

export interface StageObjectOptions {
  /** Idle; it is in a transaction of this function's own until the promise settles. */
  client: DatabaseClient;
  target: OrganizationSchema;
  definition: TableDefinition;
  /** See `stagingTableName`. */
  stagingTable: string;
  /** The file's bytes in order; closed whatever happens. */
  source: AsyncIterable<Uint8Array>;
  /** Called after each chunk of the source. */
  onProgress?: (progress: StageProgress) => void;
  signal?: AbortSignal;
  limits?: { recordLimitBytes?: number };
  /** Zone of timestamps without an offset. `Asia/Tokyo` by default. */
  timeZone?: string;
  /** A second connection for large files, given back before the promise settles. */
  borrow?: () => Promise<BorrowedClient>;
}

export interface StagedObject {
  /** Records after the header: staged and rejected ones. */
  rowsRead: number;
  rowsStaged: number;
  /** Records that are no rows of this table, for their form; each is one of the staging table's rejects. */
  structuralRejects: number;
  /** Header cells that no column asks for. */
  ignoredColumns: string[];
  /** By column name: the header cell the file has for it. Absent columns are not here. */
  headerCells: Record<string, string>;
}

/**
 * Reads a CSV file once and leaves its rows in new staging tables, committed: those that are sound beyond doubt in the types
 * of the target table, those the database has to look at as text, and the rejects beside them. On any failure none of the
 * tables is left, unless the database is away, and the client is idle again.
 *
 * Throws `HikyakuError`: those of the scanner and of `readHeader`, `empty-file`, `stopped` (or the signal's reason),
 * `database-unavailable` (retriable; the connection may be broken), `internal`. Errors of the source as they are.
 */
export async function stageObject(options: StageObjectOptions): Promise<StagedObject> {
  const limits = options.limits?.recordLimitBytes ? { recordLimitBytes: options.limits.recordLimitBytes } : {};
  const scanner = new CsvRecordScanner({ ...limits, isUtf8, fieldLimit: columnLimit });
  const chunks = readChunks(options.source, options.signal);
  let head: Uint8Array = new Uint8Array(0);
  const counts = { rowsRead: 0 };

  /** Hands the next chunk to the scanner; false after the last. */
  async function readOn(): Promise<boolean> {
    const { done, value } = await chunks.next();
    if (done) {
      scanner.finish();
      return false;
    }
    if (head.length < headBytes) head = Buffer.concat([head, value.subarray(0, headBytes - head.length)]);
    scanner.push(value);
    return true;
  }

  try {
    const first = await readFirstRecord(scanner, readOn, options.definition, () => head);
    const { header } = first;
    let { more } = first;
    scanner.expectedFieldCount = header.fieldCount;
    const written = await writeStaging(options, header, async (writer) => {
      while (true) {
        counts.rowsRead += await writeRecords(scanner, writer);
        options.onProgress?.({ ...counts });
        if (!more) break;
        more = await readOn();
      }
    });
    return {
      ...counts,
      rowsStaged: written.rowsStaged,
      structuralRejects: written.structuralRejects,
      ignoredColumns: header.ignoredColumns,
      headerCells: Object.fromEntries(header.columns.map((column) => [column.definition.name, column.cell])),
    };
  } finally {
    await chunks.return();
  }
}

/** Makes the tables, has them filled and commits, or leaves nothing behind. */
async function writeStaging(
  options: StageObjectOptions,
  header: TableHeader,
  fill: (writer: StagingWriter) => Promise<void>,
): Promise<StagingWriter> {
  const { client, target, stagingTable, definition, timeZone } = options;
  const settings = { role: target.role, ...(timeZone ? { timeZone } : {}) };
  await inTransaction(client, () =>
    asOrganization(client, settings, () => createStagingTables(client, target.schema, stagingTable, definition)),
  );
  const { borrow, signal } = options;
  const { schema } = target;
  const writer = new StagingWriter({ client, borrow, schema, stagingTable, definition, header, settings, signal });
  try {
    await writer.begin();
    await fill(writer);
    await writer.finish();
    return writer;
  } catch (error) {
    await writer.abandon(error);
    await dropStaging({ client, target, stagingTable }).catch(() => undefined);
    throw toHikyakuError(error);
  }
}

/** Writes the records the scanner can tell by now; how many there were. */
async function writeRecords(scanner: CsvRecordScanner, writer: StagingWriter): Promise<number> {
  let count = 0;
  while (scanner.next()) {
    count++;
    // Awaiting only where there is something to wait for keeps the loop synchronous for most records.
    const wait = isFaulty(scanner) ? writer.addReject(scanner) : writer.addRow(scanner);
    if (wait) await wait;
  }
  return count;
}

async function readFirstRecord(
  scanner: CsvRecordScanner,
  readOn: () => Promise<boolean>,
  definition: TableDefinition,
  head: () => Uint8Array,
): Promise<{ header: TableHeader; more: boolean }> {
  let more = true;
  try {
    while (!scanner.next()) {
      if (!more) throw new HikyakuError('empty-file');
      more = await readOn();
    }
  } catch (error) {
    // Other formats have no lines and quotes by chance: say what the file is, not what the scanner made of it.
    if (error instanceof HikyakuError && error.code !== 'empty-file') refuseOtherFormats(head());
    throw error;
  }
  // What is wrong with its bytes says more about the file than what is wrong with its quotes.
  const header = readHeader(scanner.bytes.subarray(scanner.start, scanner.end), definition);
  if (scanner.fault) throw new HikyakuError('not-csv', { details: { lineNumber: scanner.lineNumber } });
  return { header, more };
}

function isFaulty(scanner: CsvRecordScanner): scanner is CsvRecordScanner & { fault: RejectCode } {
  return scanner.fault !== undefined;
}
