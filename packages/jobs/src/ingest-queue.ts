import { ingestJobId, type IngestPayload, ingestQueue } from './ingest-job.ts';
import { type QueueConnection, queueOn } from './queue-connection.ts';

export interface IngestQueue {
  /** No-op while the same attempt's job waits or runs. Rejects, soon, where the queue is away. */
  enqueue(payload: IngestPayload): Promise<void>;
  close(): Promise<void>;
}

export function createIngestQueue(connection: QueueConnection, onError: (error: Error) => void): IngestQueue {
  const queue = queueOn(connection).queue(ingestQueue);
  queue.on('error', onError);
  return {
    async enqueue(payload) {
      await queue.add(ingestQueue, payload, {
        jobId: ingestJobId(payload),
        // The ledger knows what became of it and when to try again.
        attempts: 1,
        removeOnComplete: true,
        removeOnFail: true,
      });
    },
    close: () => queue.close(),
  };
}
