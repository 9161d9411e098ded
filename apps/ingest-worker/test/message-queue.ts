import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { CloudAccount } from '@hikyaku/local-cloud';

/** The account's queue as anybody who may send to it has it. */
export function openMessageQueue(account: CloudAccount) {
  const sqs = new SQSClient({
    region: account.region,
    endpoint: new URL(account.queueUrl).origin,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const { queueUrl: QueueUrl, deadLetterQueueUrl } = account;
  const count = async (url: string): Promise<number> => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    return Object.values(Attributes ?? {}).reduce((sum, value) => sum + Number(value), 0);
  };
  return {
    send: async (MessageBody: string) => void (await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))),
    /** An event as EventBridge sends it. */
    async announce(object: { bucket: string; key: string; size: number; etag: string; versionId: string | undefined }) {
      const { bucket, key, size, etag, versionId } = object;
      const detail = { bucket: { name: bucket }, object: { key, size, etag, 'version-id': versionId } };
      await this.send(JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Created', detail }));
    },
    /** Takes `least` messages or more away, so that nobody hears of what they say. */
    async lose(least: number): Promise<void> {
      for (let lost = 0; lost < least;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
        );
        for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        lost += Messages.length;
      }
    },
    waiting: () => count(QueueUrl),
    dead: () => count(deadLetterQueueUrl),
    close: () => sqs.destroy(),
  };
}
