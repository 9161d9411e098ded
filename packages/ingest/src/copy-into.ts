import { finished } from 'node:stream/promises';
import { type CopyStreamQuery, from } from 'pg-copy-streams';
import type { DatabaseClient } from './database-client.ts';
import { orAbort } from './read-chunks.ts';

/** Buffers on their way to the server: while one is sent the next is ready, so that reading and taking in overlap. */
const mostUnderWay = 2;

/** One COPY … FROM STDIN on a client. Ends by `finish` or by `abandon`; after either the client takes statements again. */
export class CopyInto {
  readonly #stream: CopyStreamQuery;
  #failure: unknown;
  /** Buffers the server has not taken yet. */
  underWay = 0;
  #wake: (() => void) | undefined;

  constructor(client: DatabaseClient, statement: string) {
    this.#stream = client.query(from(statement));
    this.#stream.on('error', (error) => {
      this.#failure ??= error;
      this.#wake?.();
    });
  }

  /** Resolves when more may be written. `onSent` is told when nobody reads the buffer any more. */
  async write(buffer: Uint8Array, onSent: () => void, signal?: AbortSignal): Promise<void> {
    // A server that ended the COPY since the last write has said why.
    if (this.#failure) throw this.#failure;
    this.underWay++;
    this.#stream.write(buffer, (error) => {
      this.underWay--;
      if (!error) onSent();
      this.#wake?.();
    });
    while (this.underWay >= mostUnderWay && !this.#failure) {
      // A server that refuses the data answers no write any more, it fails the stream: both wake.
      const woken = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      await orAbort(woken, signal);
    }
    if (this.#failure) throw this.#failure;
  }

  /** Rows the server took. */
  async finish(signal?: AbortSignal): Promise<number> {
    if (this.#failure) throw this.#failure;
    this.#stream.end();
    await orAbort(finished(this.#stream), signal);
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
