import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Client } from 'pg';
import { askingObserver } from '../asking-observer.ts';
import { createdObjectOf } from '../created-object-of.ts';
import { parseRows, upsertRows } from './load-rows.ts';
import { peerEnvironment } from './peer-environment.ts';

// The script that a good engineer writes in an afternoon: take a message, get the object, write its rows, delete the message.
// A message that failed comes again by itself. Nothing is written down about files; the queue is the only memory.
const env = peerEnvironment.parse(process.env);
const observer = askingObserver();
const s3 = new S3Client({ region: env.AWS_REGION, forcePathStyle: true });
const sqs = new SQSClient({ region: env.AWS_REGION });
const say = (msg: string) => process.stdout.write(`${JSON.stringify({ msg })}\n`);
process.on('disconnect', () => process.exit());

say('started');
for (;;) {
  const { Messages = [] } = await sqs
    .send(
      new ReceiveMessageCommand({
        QueueUrl: env.SQS_QUEUE_URL,
        MaxNumberOfMessages: 1,
        WaitTimeSeconds: 5,
        VisibilityTimeout: 2,
      }),
    )
    .catch(() => ({ Messages: [] }));
  for (const { Body, ReceiptHandle } of Messages) {
    try {
      const event = createdObjectOf(Body);
      if (!event) continue;
      await loadObject(event.bucket, event.key);
      await sqs.send(new DeleteMessageCommand({ QueueUrl: env.SQS_QUEUE_URL, ReceiptHandle }));
      await observer.reach('after-commit', event.key);
      say(`loaded ${event.key}`);
    } catch (error) {
      say(`failed, comes again: ${String(error)}`);
    }
  }
}

async function loadObject(Bucket: string, Key: string): Promise<void> {
  await observer.reach('received', Key);
  const { Body, VersionId } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  await observer.reach('verified', Key);
  const text = new TextDecoder().decode(Key.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  const client = new Client(env.DATABASE_URL);
  client.on('error', () => undefined);
  await client.connect();
  try {
    const onHalf = async () => observer.reach('copy-half', Key);
    await upsertRows(client, {
      schema: env.SCHEMA,
      key: Key,
      source: `${Key}@${VersionId}`,
      rows: parseRows(text),
      onHalf,
    });
    await observer.reach('before-commit', Key);
  } finally {
    await client.end();
  }
}
