import type { CsvRecord, TableHeader } from '@hikyaku/datasets';
import type { RejectCode, TableDefinition } from '@hikyaku/types';
import { CopyInto } from './copy-into.ts';
import { CopyRows } from './copy-rows.ts';
import type { DatabaseClient } from './database-client.ts';
import { insertStagedRejects, type StagedReject, structuralReject } from './staged-reject.ts';
import { qualifiedName, quoteIdentifier } from './target-table.ts';

/** Rejects held in memory; about 1 MB with the longest values. */
const rejectBatch = 1_000;

export interface StagingDestination {
  client: DatabaseClient;
  schema: string;
  stagingTable: string;
  definition: TableDefinition;
  header: TableHeader;
  signal?: AbortSignal | undefined;
}

/**
 * Fills a staging table and its rejects on one connection: rows by COPY, and rejects between two COPYs, as a connection
 * does one thing at a time. More rejects than the dataset tolerates are counted but not stored: the file is refused.
 */
export class StagingWriter {
  rowsStaged = 0;
  structuralRejects = 0;
  readonly #destination: StagingDestination;
  readonly #rows: CopyRows;
  readonly #statement: string;
  #rejects: StagedReject[] = [];
  #copy: CopyInto | undefined;

  constructor(destination: StagingDestination) {
    this.#destination = destination;
    this.#rows = new CopyRows(destination.header, destination.definition);
    const names = destination.header.columns.map((column) => quoteIdentifier(column.definition.name));
    const table = qualifiedName(destination.schema, destination.stagingTable);
    // An empty cell is no value, with or without quotes. FREEZE spares the next reader a visibility check of every row.
    this.#statement = `COPY ${table} ("_line_number", "_doubtful", ${names.join(', ')}) FROM STDIN
      WITH (FORMAT csv, ENCODING 'UTF8', FORCE_NULL (${names.join(', ')}), FREEZE)`;
  }

  /** Takes a sound record; returns a promise only when a full buffer has to be written first. */
  addRow(record: CsvRecord): Promise<void> | undefined {
    if (this.#rows.add(record)) return undefined;
    return this.#addRowToNextBuffer(record);
  }

  addReject(record: CsvRecord & { fault: RejectCode }): Promise<void> | undefined {
    this.structuralRejects++;
    if (this.structuralRejects > this.#destination.definition.rejectLimit + 1) return undefined;
    this.#rejects.push(structuralReject(record, this.#destination.header));
    return this.#rejects.length < rejectBatch ? undefined : this.#writeRejects();
  }

  async finish(): Promise<void> {
    await this.#writeRejects();
  }

  /** After a failure: leaves the connection ready for a ROLLBACK. */
  async abandon(reason: unknown): Promise<void> {
    await this.#copy?.abandon(reason);
  }

  async #addRowToNextBuffer(record: CsvRecord): Promise<void> {
    await this.#writeRows();
    this.#rows.add(record);
  }

  async #writeRows(): Promise<void> {
    const rows = this.#rows.take();
    if (!rows) return;
    this.#copy ??= new CopyInto(this.#destination.client, this.#statement);
    await this.#copy.write(rows.bytes, rows.giveBack, this.#destination.signal);
  }

  async #writeRejects(): Promise<void> {
    await this.#writeRows();
    if (this.#copy) {
      this.rowsStaged += await this.#copy.finish(this.#destination.signal);
      this.#copy = undefined;
    }
    if (this.#rejects.length === 0) return;
    const { client, schema, stagingTable } = this.#destination;
    await insertStagedRejects(client, schema, stagingTable, this.#rejects);
    this.#rejects = [];
  }
}
