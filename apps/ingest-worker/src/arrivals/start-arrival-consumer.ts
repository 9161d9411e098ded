import { setTimeout as delay } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import type { RecordedArrival } from '@hikyaku/db/ledger';
import type { Logger } from '@hikyaku/telemetry';
import type { Pool } from 'pg';
import { Consumer } from 'sqs-consumer';
import { parseMessage } from '@hikyaku/s3-core/events';
import type { RunObserver } from '../run-points.ts';
import { handleEvent } from './handle-event.ts';
import { isOutage } from '../is-outage.ts';

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
 * Where the ledger can't be written the messages in hand are kept in hand, invisible to others, and no further ones are
 * received until it can (a circuit breaker): SQS counts every receive, and good messages must not wear theirs out on a
 * database that is away and end in the DLQ, which holds only what can't be read.
 */
export function startArrivalConsumer(options: {
  sqs: SQSClient;
  queueUrl: string;
  visibilityTimeoutSeconds: number;
  s3: S3Client;
  pool: Pool;
  logger: Logger;
  observer: RunObserver;
  onRecorded: (arrival: RecordedArrival) => Promise<void>;
}): ArrivalConsumer {
  const { pool, s3, logger, observer, visibilityTimeoutSeconds } = options;
  const closing = new AbortController();

  /** True where the message has done what it can. */
  const handle = async (message: Message): Promise<boolean> => {
    const parsed = parseMessage(message.Body);
    const { MessageId: messageId } = message;
    if (parsed.kind === 'unreadable') {
      logger.error({ messageId }, 'unreadable message, left for the DLQ');
      return false;
    }
    if (parsed.kind !== 'events') {
      logger.info({ messageId }, `${parsed.kind}, nothing to do`);
      return true;
    }
    for (const event of parsed.events) {
      await observer.reach('received', event.key);
      const arrivals = await handleEvent({ pool, s3 }, event);
      await observer.reach('recorded', event.key);
      for (const arrival of arrivals) {
        logger.info({ arrivalId: arrival.id, state: arrival.state, isNew: arrival.isNew }, 'arrival recorded');
        await options.onRecorded(arrival);
      }
    }
    if (parsed.unreadable === 0) return true;
    logger.error({ messageId, unreadable: parsed.unreadable }, 'message with unreadable records, left for the DLQ');
    return false;
  };

  /** Tries until the message is handled, is at fault itself, or this process has to stop. */
  const handleInTheEnd = async (message: Message): Promise<boolean> => {
    for (;;) {
      try {
        return await handle(message);
      } catch (error) {
        if (!isOutage(error)) {
          logger.error({ err: error, messageId: message.MessageId }, 'arrival not recorded');
          return false;
        }
        logger.error({ err: error, messageId: message.MessageId }, 'arrival not recorded, polling stops');
        await untilLedgerAnswers();
        logger.info('ledger answers, polling goes on');
      }
    }
  };

  /** @throws AbortError when the consumer is closed */
  const untilLedgerAnswers = async (): Promise<void> => {
    for (;;) {
      await delay(breakerMilliseconds, undefined, { signal: closing.signal });
      try {
        await pool.query('SELECT 1');
        return;
      } catch (error) {
        logger.warn({ err: error }, 'ledger does not answer yet');
      }
    }
  };

  const consumer = Consumer.create({
    sqs: options.sqs,
    queueUrl: options.queueUrl,
    batchSize,
    waitTimeSeconds: longPollSeconds,
    visibilityTimeout: visibilityTimeoutSeconds,
    // What is kept in hand stays invisible to others for as long as this process lives.
    heartbeatInterval: visibilityTimeoutSeconds / 3,
    pollingCompleteWaitTimeMs: 10_000,
    async handleMessageBatch(messages) {
      const done: Message[] = [];
      try {
        for (const message of messages) {
          if (await handleInTheEnd(message)) done.push(message);
        }
      } catch (error) {
        if (!closing.signal.aborted) throw error;
        logger.warn({ kept: messages.length - done.length }, 'stopped with messages in hand, which come again');
      }
      return done;
    },
  });
  consumer.on('error', (error) => logger.error({ err: error }, 'queue'));
  consumer.on('processing_error', (error) => logger.error({ err: error }, 'queue'));

  consumer.start();
  return {
    async close() {
      closing.abort();
      if (!consumer.status.isRunning) return;
      const stopped = new Promise((resolve) => consumer.once('stopped', resolve));
      // The long poll is cut short; a message S3 hands out in that moment comes again after its visibility timeout.
      consumer.stop({ abort: true });
      await stopped;
    },
  };
}
