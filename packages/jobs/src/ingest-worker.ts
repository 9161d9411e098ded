import { ingestJob, type IngestPayload, ingestQueue } from './ingest-job.ts';
import { type QueueConnection, queueOn } from './queue-connection.ts';

export interface IngestWorker {
  /** Takes no further job and waits for those that run. */
  close(): Promise<void>;
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
  const worker = queueOn(options.connection).worker(
    ingestQueue,
    async (job) => {
      await options.handle(ingestJob.parse(job.data));
    },
    {
      concurrency: options.concurrency,
      autorun: false,
      // A job whose worker died is simply handed out again; whether it may run is the ledger's to say.
      maxStalledCount: 100,
    },
  );
  worker.on('error', options.onError);
  worker.on('failed', (_job, error) => options.onError(error));
  await worker.waitUntilReady();
  worker.run().catch(options.onError);
  return { close: () => worker.close() };
}
