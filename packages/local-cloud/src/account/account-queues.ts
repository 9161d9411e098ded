import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueUrlCommand,
  QueueDoesNotExist,
  type QueueAttributeName,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { localAccountId, type SqsAddress } from '../fauxqs-queue/fauxqs-queue.ts';

export interface AccountQueues {
  queueName: string;
  queueUrl: string;
  queueArn: string;
  deadLetterQueueUrl: string;
  deadLetterQueueArn: string;
}

/** The longest SQS allows: a weekend's outage loses nothing. */
const retentionSeconds = 14 * 24 * 60 * 60;
const visibilityTimeoutSeconds = 60;
const waitTimeSeconds = 20;
const maximumReceives = 5;

/** Pure, so that any process knows an account's queues by its name. */
export function accountQueues(sqs: SqsAddress, accountName: string): AccountQueues {
  const queueName = `${accountName}-arrivals`;
  const deadLetterQueueName = `${accountName}-arrivals-dlq`;
  const url = (name: string) => `${sqs.endpoint}/${localAccountId}/${name}`;
  const arn = (name: string) => `arn:aws:sqs:${sqs.region}:${localAccountId}:${name}`;
  return {
    queueName,
    queueUrl: url(queueName),
    queueArn: arn(queueName),
    deadLetterQueueUrl: url(deadLetterQueueName),
    deadLetterQueueArn: arn(deadLetterQueueName),
  };
}

export async function putAccountQueues(sqs: SqsAddress, accountName: string): Promise<AccountQueues> {
  const queues = accountQueues(sqs, accountName);
  const client = createLocalSqsClient(sqs);
  try {
    await putQueue(client, `${queues.queueName}-dlq`, { MessageRetentionPeriod: String(retentionSeconds) });
    await putQueue(client, queues.queueName, {
      MessageRetentionPeriod: String(retentionSeconds),
      VisibilityTimeout: String(visibilityTimeoutSeconds),
      ReceiveMessageWaitTimeSeconds: String(waitTimeSeconds),
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: queues.deadLetterQueueArn,
        maxReceiveCount: maximumReceives,
      }),
    });
    return queues;
  } finally {
    client.destroy();
  }
}

export async function deleteAccountQueues(sqs: SqsAddress, accountName: string): Promise<void> {
  const { queueUrl, deadLetterQueueUrl } = accountQueues(sqs, accountName);
  const client = createLocalSqsClient(sqs);
  try {
    for (const QueueUrl of [queueUrl, deadLetterQueueUrl]) {
      await client.send(new DeleteQueueCommand({ QueueUrl })).catch((error: unknown) => {
        if (!(error instanceof QueueDoesNotExist)) throw error;
      });
    }
  } finally {
    client.destroy();
  }
}

/** The queue server asks for a signature and checks none. */
export function createLocalSqsClient(sqs: SqsAddress): SQSClient {
  return new SQSClient({
    endpoint: sqs.endpoint,
    region: sqs.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
}

/** CreateQueue refuses a queue that exists with other settings; these may change from one version of ours to the next. */
async function putQueue(
  client: SQSClient,
  QueueName: string,
  Attributes: Partial<Record<QueueAttributeName, string>>,
): Promise<void> {
  try {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName }));
    await client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  } catch (error) {
    if (!(error instanceof QueueDoesNotExist)) throw error;
    await client.send(new CreateQueueCommand({ QueueName, Attributes }));
  }
}
