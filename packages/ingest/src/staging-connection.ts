import { asOrganizationUntilEnd, type SessionSettings } from './as-organization.ts';
import { CopyInto } from './copy-into.ts';
import type { DatabaseClient } from './database-client.ts';

/** Bytes for COPY, and what to call when nobody reads them any more. */
export interface CopyBuffer {
  bytes: Uint8Array;
  giveBack: () => void;
}

/**
 * One connection that fills the tables of a run, in a transaction of its own. It does one thing at a time: a COPY ends where
 * another table's begins.
 */
export class StagingConnection {
  readonly client: DatabaseClient;
  /** By all COPYs that have ended, as the server counted. */
  rowsCopied = 0;
  buffersTaken = 0;
  #statement: string | undefined;
  #copy: CopyInto | undefined;

  constructor(client: DatabaseClient) {
    this.client = client;
  }

  async begin(settings: SessionSettings): Promise<void> {
    await this.client.query('BEGIN');
    await asOrganizationUntilEnd(this.client, settings);
  }

  /** Buffers the server has not taken yet. */
  get underWay(): number {
    return this.#copy?.underWay ?? 0;
  }

  /** Resolves when more may be written. */
  async copy(statement: string, buffer: CopyBuffer, signal: AbortSignal | undefined): Promise<void> {
    if (statement !== this.#statement) await this.endCopy(signal);
    this.#copy ??= new CopyInto(this.client, statement);
    this.#statement = statement;
    this.buffersTaken++;
    await this.#copy.write(buffer.bytes, buffer.giveBack, signal);
  }

  /** Afterwards the connection takes statements. */
  async endCopy(signal: AbortSignal | undefined): Promise<void> {
    if (this.#copy) this.rowsCopied += await this.#copy.finish(signal);
    this.#copy = undefined;
    this.#statement = undefined;
  }

  async commit(signal: AbortSignal | undefined): Promise<void> {
    await this.endCopy(signal);
    await this.client.query('COMMIT');
  }

  /** Never throws: there is an error already that says why. */
  async abandon(reason: unknown): Promise<void> {
    await this.#copy?.abandon(reason);
    await this.client.query('ROLLBACK').catch(() => undefined);
  }
}
