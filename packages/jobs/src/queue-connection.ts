import { createPostgresBackend } from 'bullmq';

/** Where jobs wait. A queue on PostgreSQL keeps to a schema of its own. */
export interface QueueConnection {
  url: string;
}

export const queueBackend = createPostgresBackend;

export function postgresConnection(connection: QueueConnection) {
  return { connectionString: connection.url, schema: 'bullmq', migrate: true };
}
