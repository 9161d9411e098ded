export { ingestJob, type IngestPayload, ingestQueue } from './ingest-job.ts';
export { createIngestQueue, type IngestQueue } from './ingest-queue.ts';
export { type IngestWorker, startIngestWorker } from './ingest-worker.ts';
export type { QueueConnection } from './queue-connection.ts';
