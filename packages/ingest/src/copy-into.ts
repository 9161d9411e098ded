import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { type CopyStreamQuery, from } from 'pg-copy-streams';
import type { DatabaseClient } from './database-client.ts';

/** Bytes written ahead of the server, so that reading the file and taking it in overlap. */
const writeAheadBytes = 2 * 1024 ** 2;

/** One COPY … FROM STDIN on a client. Ends by `finish` or by `abandon`; after either the client takes statements again. */
export class CopyInto {
  readonly #stream: CopyStreamQuery;
  #failure: unknown;

  constructor(client: DatabaseClient, statement: string) {
    this.#stream = client.query(from(statement, { writableHighWaterMark: writeAheadBytes } as object));
    this.#stream.on('error', (error) => {
      this.#failure ??= error;
    });
  }

  /** Resolves when more may be written. The buffer belongs to the stream from now on. */
  async write(buffer: Uint8Array, signal?: AbortSignal): Promise<void> {
    if (this.#failure) throw this.#failure;
    if (!this.#stream.write(buffer)) await once(this.#stream, 'drain', signal ? { signal } : {});
  }

  /** Rows the server took. */
  async finish(signal?: AbortSignal): Promise<number> {
    if (this.#failure) throw this.#failure;
    this.#stream.end();
    await finished(this.#stream, signal ? { signal } : {});
    return this.#stream.rowCount;
  }

  /** Makes the server forget what it got. Never throws: there is an error already that says why. */
  async abandon(reason: unknown): Promise<void> {
    if (this.#failure || this.#stream.closed) return;
    const closed = new Promise<void>((resolve) => {
      this.#stream.once('close', resolve);
    });
    this.#stream.destroy(reason instanceof Error ? reason : new Error('abandoned'));
    await closed;
  }
}
