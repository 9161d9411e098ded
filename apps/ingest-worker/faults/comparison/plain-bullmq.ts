import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Queue, Worker } from 'bullmq';
import { Pool } from 'pg';
import { askingObserver } from '../asking-observer.ts';
import { createdObjectOf } from '../created-object-of.ts';
import { parseRows, upsertRows } from './load-rows.ts';
import { peerEnvironment } from './peer-environment.ts';

// As the tutorials have it: events become jobs, the key is the job's id so that a duplicate event is no second job, three
// attempts with backoff, and all rows of a file in one transaction. The job queue is the memory.
const env = peerEnvironment.parse(process.env);
const observer = askingObserver();
const s3 = new S3Client({ region: env.AWS_REGION, forcePathStyle: true });
const sqs = new SQSClient({ region: env.AWS_REGION });
const pool = new Pool({ connectionString: env.DATABASE_URL, max: 4 });
pool.on('error', () => undefined);
const connection = { url: env.REDIS_URL ?? '', maxRetriesPerRequest: null };
const queue = new Queue<{ bucket: string; key: string }>('load', { connection });
const say = (msg: string) => process.stdout.write(`${JSON.stringify({ msg })}\n`);
process.on('disconnect', () => process.exit());

const worker = new Worker<{ bucket: string; key: string }>(
  'load',
  async ({ data }) => {
    const { bucket: Bucket, key: Key } = data;
    await observer.reach('claimed', Key);
    const { Body, VersionId } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    await observer.reach('verified', Key);
    const text = new TextDecoder().decode(Key.endsWith('.gz') ? gunzipSync(bytes) : bytes);
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const onHalf = async () => observer.reach('copy-half', Key);
      await upsertRows(client, {
        schema: env.SCHEMA,
        key: Key,
        source: `${Key}@${VersionId}`,
        rows: parseRows(text),
        onHalf,
      });
      await observer.reach('before-commit', Key);
      await client.query('COMMIT');
      await observer.reach('after-commit', Key);
      say(`loaded ${Key}`);
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    } finally {
      client.release();
    }
  },
  // Shorter than the defaults of 30 s, so that a job whose worker died is found soon; in production it only takes longer.
  { connection, concurrency: 2, lockDuration: 2_000, stalledInterval: 1_000 },
);
queue.on('error', () => undefined);
worker.on('error', () => undefined);
await worker.waitUntilReady();

say('started');
for (;;) {
  const { Messages = [] } = await sqs
    .send(
      new ReceiveMessageCommand({
        QueueUrl: env.SQS_QUEUE_URL,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 5,
        VisibilityTimeout: 2,
      }),
    )
    .catch(() => ({ Messages: [] }));
  for (const { Body, ReceiptHandle } of Messages) {
    const event = createdObjectOf(Body);
    if (!event) continue;
    try {
      await observer.reach('received', event.key);
      const job = { bucket: event.bucket, key: event.key };
      await queue.add('load', job, { jobId: event.key, attempts: 3, backoff: { type: 'exponential', delay: 1_000 } });
      await observer.reach('recorded', event.key);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: env.SQS_QUEUE_URL, ReceiptHandle }));
    } catch (error) {
      say(`not queued, comes again: ${String(error)}`);
    }
  }
}
