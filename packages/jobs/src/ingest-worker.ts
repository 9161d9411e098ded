import { Worker } from 'bullmq';
import { ingestJob, type IngestPayload, ingestQueue } from './ingest-job.ts';
import { postgresConnection, queueBackend, type QueueConnection } from './queue-connection.ts';

export interface IngestWorker {
  /** Takes no further job and waits for those that run. */
  close(): Promise<void>;
}

/** Runs `handle` for each job, `concurrency` at a time. Payloads are parsed here: others' rubbish is no exception. */
export function startIngestWorker(options: {
  connection: QueueConnection;
  concurrency: number;
  handle: (payload: IngestPayload) => Promise<void>;
  onError: (error: Error) => void;
}): IngestWorker {
  const worker = new Worker(
    ingestQueue,
    async (job) => {
      await options.handle(ingestJob.parse(job.data));
    },
    {
      connection: postgresConnection(options.connection),
      concurrency: options.concurrency,
      // A job whose worker died is simply handed out again; whether it may run is the ledger's to say.
      maxStalledCount: 100,
    },
    queueBackend,
  );
  worker.on('error', options.onError);
  worker.on('failed', (_job, error) => options.onError(error));
  return { close: () => worker.close() };
}
