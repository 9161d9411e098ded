import type { RecordScanner, TableHeader, TextEncoding } from '@hikyaku/datasets/reading';
import type { RejectCode, TableDefinition } from '@hikyaku/types';
import { asOrganization } from './as-organization.ts';
import type { DatabaseClient } from './database-client.ts';
import { toHikyakuError } from './database-error.ts';
import { dropStaging } from './drop-staging.ts';
import { inTransaction } from './in-transaction.ts';
import { openRecords } from './open-records.ts';
import { readChunks } from './read-chunks.ts';
import { createStagingTables } from './staging-table.ts';
import { type BorrowedClient, StagingWriter } from './staging-writer.ts';
import type { OrganizationSchema } from './target-table.ts';

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
  /** What its characters turned out to be written in; null for a workbook. */
  encoding: TextEncoding | null;
  /** Header cells that no column asks for. */
  ignoredColumns: string[];
  /** By column name: the header cell the file has for it. Absent columns are not here. */
  headerCells: Record<string, string>;
}

/**
 * Reads a file once and leaves its rows in new staging tables, committed: those that are sound beyond doubt in the types
 * of the target table, those the database has to look at as text, and the rejects beside them. On any failure none of the
 * tables is left, unless the database is away, and the client is idle again.
 *
 * Throws `HikyakuError`: those of `openRecords`, `stopped` (or the signal's reason), `database-unavailable` (retriable; the
 * connection may be broken), `internal`. Errors of the source as they are.
 */
export async function stageObject(options: StageObjectOptions): Promise<StagedObject> {
  const { definition, signal, limits } = options;
  const source = readChunks(options.source, signal);
  const records = await openRecords(source, { definition, signal, recordLimitBytes: limits?.recordLimitBytes });
  const { header, scanner } = records;
  const counts = { rowsRead: 0 };
  try {
    const written = await writeStaging(options, header, async (writer) => {
      for (let more = true; ;) {
        counts.rowsRead += await writeRecords(scanner, writer);
        options.onProgress?.({ ...counts });
        if (!more) break;
        more = await records.readOn();
      }
    });
    return {
      ...counts,
      rowsStaged: written.rowsStaged,
      structuralRejects: written.structuralRejects,
      encoding: records.encoding(),
      ignoredColumns: header.ignoredColumns,
      headerCells: Object.fromEntries(header.columns.map((column) => [column.definition.name, column.cell])),
    };
  } finally {
    await records.close();
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
async function writeRecords(scanner: RecordScanner, writer: StagingWriter): Promise<number> {
  let count = 0;
  while (scanner.next()) {
    count++;
    // Awaiting only where there is something to wait for keeps the loop synchronous for most records.
    const wait = isFaulty(scanner) ? writer.addReject(scanner) : writer.addRow(scanner);
    if (wait) await wait;
  }
  return count;
}

function isFaulty(scanner: RecordScanner): scanner is RecordScanner & { fault: RejectCode } {
  return scanner.fault !== undefined;
}
