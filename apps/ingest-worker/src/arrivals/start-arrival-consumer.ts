import type { S3Client } from '@aws-sdk/client-s3';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { type ArrivedObject, recordArrival, type RecordedArrival } from '@hikyaku/db/ledger';
import type { Logger } from '@hikyaku/telemetry';
import type { Pool } from 'pg';
import { Consumer } from 'sqs-consumer';
import type { RunObserver } from '../run-points.ts';
import { identifyObject } from './identify-object.ts';
import { parseObjectCreated } from './parse-object-created.ts';

/** How long SQS waits for a message before it answers that there is none. */
export const longPollSeconds = 20;
const batchSize = 10;
const breakerMilliseconds = 2_000;

export interface ArrivalConsumer {
  /** Receives no further message and waits for those in hand. */
  close(): Promise<void>;
}

/**
 * Takes S3's events from SQS: parse, record in the ledger, say so, and only then delete the message.
 *
 * Where the ledger can't be written polling stops until it can (a circuit breaker): good messages must not wear out
 * their receives on a database that is away and end in the DLQ, which holds only what can't be read.
 */
export function startArrivalConsumer(options: {
  sqs: SQSClient;
  queueUrl: string;
  visibilityTimeoutSeconds: number;
  s3: S3Client;
  pool: Pool;
  logger: Logger;
  observer: RunObserver;
  onRecorded: (arrival: RecordedArrival, object: ArrivedObject) => Promise<void>;
}): ArrivalConsumer {
  const { pool, s3, logger, observer } = options;
  let closed = false;
  let reopening: NodeJS.Timeout | undefined;

  const handle = async (message: Message): Promise<Message | undefined> => {
    const event = parseObjectCreated(message.Body);
    if (!event) {
      logger.error({ messageId: message.MessageId }, 'unreadable message, left for the DLQ');
      return undefined;
    }
    await observer.reach('received', event.key);
    const object = await identifyObject(s3, event);
    const arrival = await recordArrival(pool, object);
    logger.info({ arrivalId: arrival.id, state: arrival.state, isNew: arrival.isNew }, 'arrival recorded');
    await observer.reach('recorded', object.key);
    await options.onRecorded(arrival, object);
    return message;
  };

  const consumer = Consumer.create({
    sqs: options.sqs,
    queueUrl: options.queueUrl,
    batchSize,
    waitTimeSeconds: longPollSeconds,
    visibilityTimeout: options.visibilityTimeoutSeconds,
    // Messages of an opened circuit are visible again soon after it closes.
    terminateVisibilityTimeout: 5,
    pollingCompleteWaitTimeMs: 10_000,
    async handleMessageBatch(messages) {
      const done: Message[] = [];
      for (const message of messages) {
        try {
          if (await handle(message)) done.push(message);
        } catch (error) {
          logger.error({ err: error, messageId: message.MessageId }, 'arrival not recorded, polling stops');
          openCircuit();
          break;
        }
      }
      return done;
    },
  });
  consumer.on('error', (error) => logger.error({ err: error }, 'queue'));
  consumer.on('processing_error', (error) => logger.error({ err: error }, 'queue'));

  function openCircuit(): void {
    if (reopening || closed) return;
    consumer.stop();
    reopening = setTimeout(() => void closeCircuit(), breakerMilliseconds);
  }

  async function closeCircuit(): Promise<void> {
    try {
      await pool.query('SELECT 1');
    } catch {
      reopening = closed ? undefined : setTimeout(() => void closeCircuit(), breakerMilliseconds);
      return;
    }
    reopening = undefined;
    if (closed) return;
    logger.info('ledger answers, polling goes on');
    consumer.start();
  }

  consumer.start();
  return {
    async close() {
      closed = true;
      clearTimeout(reopening);
      if (!consumer.status.isRunning) return;
      const stopped = new Promise((resolve) => consumer.once('stopped', resolve));
      // The long poll is cut short; a message S3 hands out in that moment comes again after its visibility timeout.
      consumer.stop({ abort: true });
      await stopped;
    },
  };
}
