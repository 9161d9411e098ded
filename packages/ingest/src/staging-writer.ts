import { type CsvRecord, PlainRowCheck, type TableHeader } from '@hikyaku/datasets/reading';
import { HikyakuError, type RejectCode, type TableDefinition } from '@hikyaku/types';
import type { SessionSettings } from './as-organization.ts';
import { CopyRows } from './copy-rows.ts';
import type { DatabaseClient } from './database-client.ts';
import { insertStagedRejects, type StagedReject, structuralReject } from './staged-reject.ts';
import { StagingConnection } from './staging-connection.ts';
import { doubtfulTableName } from './staging-table.ts';
import { qualifiedName, quoteIdentifier } from './target-table.ts';

/** Rejects held in memory; about 1 MB with the longest values. */
const rejectBatch = 1_000;

/** A further connection, and how to give it back. */
export interface BorrowedClient {
  client: DatabaseClient;
  release: (isBroken: boolean) => void;
}

export interface StagingDestination {
  client: DatabaseClient;
  /** COPY parses in one backend of the server: a second connection uses a second core. */
  borrow: (() => Promise<BorrowedClient>) | undefined;
  schema: string;
  stagingTable: string;
  definition: TableDefinition;
  header: TableHeader;
  settings: SessionSettings;
  signal: AbortSignal | undefined;
}

/**
 * Fills the tables of a run: rows by COPY, on two connections where one doesn't keep up, and rejects between two COPYs. More
 * rejects than the dataset tolerates are counted but not stored: the file is refused.
 */
export class StagingWriter {
  rowsStaged = 0;
  structuralRejects = 0;
  readonly #destination: StagingDestination;
  readonly #check: PlainRowCheck;
  readonly #plain: CopyRows;
  readonly #doubtful: CopyRows;
  readonly #statements: { plain: string; doubtful: string };
  readonly #connections: StagingConnection[];
  #opening: Promise<void> | undefined;
  #borrowed: { client: BorrowedClient; isSound: boolean } | undefined;
  #rowsGiven = 0;
  #rejects: StagedReject[] = [];

  constructor(destination: StagingDestination) {
    const { header, definition, client } = destination;
    this.#destination = destination;
    this.#check = new PlainRowCheck(header, definition);
    this.#plain = new CopyRows(header);
    this.#doubtful = new CopyRows(header);
    this.#statements = {
      plain: copyStatement(destination, destination.stagingTable),
      doubtful: copyStatement(destination, doubtfulTableName(destination.stagingTable)),
    };
    this.#connections = [new StagingConnection(client)];
  }

  async begin(): Promise<void> {
    await this.#first.begin(this.#destination.settings);
  }

  /** Takes a sound record; returns a promise only when a full buffer has to be written first. */
  addRow(record: CsvRecord): Promise<void> | undefined {
    this.#rowsGiven++;
    const isPlain = this.#check.isPlain(record);
    const rows = isPlain ? this.#plain : this.#doubtful;
    return rows.add(record) ? undefined : this.#addRowToNextBuffer(record, isPlain);
  }

  addReject(record: CsvRecord & { fault: RejectCode }): Promise<void> | undefined {
    this.structuralRejects++;
    if (this.structuralRejects > this.#destination.definition.rejectLimit + 1) return undefined;
    this.#rejects.push(structuralReject(record, this.#destination.header));
    return this.#rejects.length < rejectBatch ? undefined : this.#writeRejects();
  }

  /** Writes what is left and commits. Connections commit one by one: where one can't, rows of another stay behind. */
  async finish(): Promise<void> {
    await this.#writePlain();
    await this.#writeDoubtful();
    await this.#writeRejects();
    await this.#opening;
    for (const connection of this.#connections) await connection.commit(this.#destination.signal);
    this.#giveBack();
    for (const connection of this.#connections) this.rowsStaged += connection.rowsCopied;
    if (this.rowsStaged !== this.#rowsGiven) {
      throw new HikyakuError('staging-lost', {
        retriable: true,
        details: { expected: this.#rowsGiven, found: this.rowsStaged },
      });
    }
  }

  /** After a failure: leaves the connections idle. Never throws. */
  async abandon(reason: unknown): Promise<void> {
    await this.#opening;
    for (const connection of this.#connections) await connection.abandon(reason);
    if (this.#borrowed) this.#borrowed.isSound = false;
    this.#giveBack();
  }

  get #first(): StagingConnection {
    return this.#connections[0]!;
  }

  async #addRowToNextBuffer(record: CsvRecord, isPlain: boolean): Promise<void> {
    if (isPlain) {
      await this.#writePlain();
      this.#plain.add(record);
    } else {
      await this.#writeDoubtful();
      this.#doubtful.add(record);
    }
  }

  async #writePlain(): Promise<void> {
    const rows = this.#plain.take();
    if (!rows) return;
    await this.#leastLoaded().copy(this.#statements.plain, rows, this.#destination.signal);
  }

  async #writeDoubtful(): Promise<void> {
    const rows = this.#doubtful.take();
    if (rows) await this.#first.copy(this.#statements.doubtful, rows, this.#destination.signal);
  }

  async #writeRejects(): Promise<void> {
    if (this.#rejects.length === 0) return;
    const { schema, stagingTable, signal } = this.#destination;
    await this.#first.endCopy(signal);
    await insertStagedRejects(this.#first.client, schema, stagingTable, this.#rejects);
    this.#rejects = [];
  }

  /** A second connection is asked for with the second buffer, and used once it is there: nobody waits for it. */
  #leastLoaded(): StagingConnection {
    if (this.#first.buffersTaken > 0) this.#opening ??= this.#open();
    const [first, second] = this.#connections;
    return second && loadOf(second) < loadOf(this.#first) ? second : first!;
  }

  /** Without a second connection it takes longer, no more. */
  async #open(): Promise<void> {
    const { borrow, settings } = this.#destination;
    try {
      const client = await borrow?.();
      if (!client) return;
      this.#borrowed = { client, isSound: false };
      const connection = new StagingConnection(client.client);
      await connection.begin(settings);
      this.#borrowed.isSound = true;
      this.#connections.push(connection);
    } catch {
      // Told by `isSound`.
    }
  }

  #giveBack(): void {
    this.#borrowed?.client.release(!this.#borrowed.isSound);
    this.#borrowed = undefined;
  }
}

/** What is under way weighs more than all that went before: that only decides between equals. */
function loadOf({ underWay, buffersTaken }: StagingConnection): number {
  return underWay * 1_000_000 + buffersTaken;
}

/** An empty cell is no value, with or without quotes. */
function copyStatement({ schema, header }: StagingDestination, table: string): string {
  const names = header.columns.map((column) => quoteIdentifier(column.definition.name)).join(', ');
  return `COPY ${qualifiedName(schema, table)} ("_line_number", ${names}) FROM STDIN
    WITH (FORMAT csv, ENCODING 'UTF8', FORCE_NULL (${names}))`;
}
