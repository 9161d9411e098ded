import { ingestJob, type IngestPayload, ingestQueue } from './ingest-job.ts';
import { type QueueConnection, queueOn } from './queue-connection.ts';

export interface IngestWorker {
  /** Takes no further job, waits for those that run, and for the queue's word that they are done: for ever, where it is silent. */
  close(): Promise<void>;
  /** Resolves when no job runs. Once `close` was called that stays so. */
  whenIdle(): Promise<void>;
}

/**
 * Runs `handle` for each job, `concurrency` at a time. Resolves when the queue answers, rejects where it can't be used at
 * all: a worker that can't get jobs should end and say so.
 */
export async function startIngestWorker(options: {
  connection: QueueConnection;
  concurrency: number;
  handle: (payload: IngestPayload) => Promise<void>;
  onError: (error: Error) => void;
}): Promise<IngestWorker> {
  const running = new Set<Promise<void>>();
  let isClosing = false;
  const worker = queueOn(options.connection).worker(
    ingestQueue,
    async (job) => {
      // It came while the worker closed. The ledger sweeps it up again.
      if (isClosing) return;
      const run = options.handle(ingestJob.parse(job.data));
      running.add(run);
      await run.finally(() => running.delete(run));
    },
    {
      concurrency: options.concurrency,
      autorun: false,
      // A job whose worker died is simply handed out again; whether it may run is the ledger's to say.
      maxStalledCount: 100,
      // Asked again so soon after the queue was away; a worker that waits can't end. Milliseconds.
      runRetryDelay: 2_000,
    },
  );
  worker.on('error', options.onError);
  worker.on('failed', (_job, error) => options.onError(error));
  await worker.waitUntilReady();
  worker.run().catch(options.onError);
  return {
    close() {
      isClosing = true;
      return worker.close();
    },
    async whenIdle() {
      await Promise.allSettled(running);
    },
  };
}
