import { hostname } from 'node:os';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createPool, type RecordedArrival, startAnnouncer } from '@hikyaku/db/ledger';
import { createIngestQueue, startIngestWorker } from '@hikyaku/jobs';
import { createFolderKeyStore } from '@hikyaku/encryption/key-store';
import { createS3Client } from '@hikyaku/s3-core';
import { createLogger } from '@hikyaku/telemetry';
import { HikyakuError, incomingPrefix } from '@hikyaku/types';
import { longPollSeconds, startArrivalConsumer } from './arrivals/start-arrival-consumer.ts';
import { closeInTime } from './close-in-time.ts';
import type { Environment } from './env.ts';
import { ingestArrival } from './ingest/ingest-arrival.ts';
import { startReconciler } from './reconcile/start-reconciler.ts';
import type { RunObserver } from './run-points.ts';
import { startSweeper } from './sweep/start-sweeper.ts';

/** How long what was taken in hand may take: a message, a page of a listing, a sweep. */
const intakeSeconds = 3;
/** How long the services may take to say goodbye. */
const goodbyeSeconds = 2;
/** How long a run may take that has to give its file back. */
const giveBackSeconds = 5;

/** The worker, from its environment to its stop. Resolves when it can take files in; rejects where it can't get jobs. */
export async function runWorker(env: Environment, observer: RunObserver): Promise<{ stop(): Promise<void> }> {
  const logger = createLogger({ service: 'ingest-worker', level: env.LOG_LEVEL });
  const onError = (error: unknown) => logger.warn({ err: error }, 'background');

  const ledger = {
    url: env.DATABASE_URL,
    settings: {
      // A worker frozen inside its last transaction holds the arrival: the server ends it, and another can take over.
      idle_in_transaction_session_timeout: `${env.CLAIM_SECONDS * 2}s`,
      tcp_keepalives_idle: '30',
      // A run that was cut leaves its statement behind, with the locks that whoever comes next needs.
      client_connection_check_interval: '1s',
    },
    onError,
  };
  // Renewals of claims, arrivals, sweeps and reconciliation: nothing of it takes long.
  const pool = createPool({
    ...ledger,
    maxConnections: env.INGEST_CONCURRENCY + 4,
    mostSecondsHeld: env.SILENCE_SECONDS,
  });
  // A run works on two connections, for as long as its file takes. Its claim says when to give up.
  const runPool = createPool({ ...ledger, maxConnections: env.INGEST_CONCURRENCY * 2 });
  const s3 = createS3Client({
    region: env.AWS_REGION,
    endpoint: env.S3_ENDPOINT,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
    silenceSeconds: env.SILENCE_SECONDS,
  });
  // A long poll says nothing for as long as it waits.
  const pollMilliseconds = (longPollSeconds + env.SILENCE_SECONDS) * 1_000;
  const sqs = new SQSClient({
    region: env.AWS_REGION,
    requestHandler: {
      connectionTimeout: env.SILENCE_SECONDS * 1_000,
      requestTimeout: pollMilliseconds,
      throwOnRequestTimeout: true,
      // An answer that began may stop too.
      socketTimeout: pollMilliseconds,
    },
  });
  const queue = createIngestQueue({ url: env.queueUrl }, onError);
  const announcer = startAnnouncer({ pool, sweepMilliseconds: 5_000, onError });
  const closing = new AbortController();
  const stopping = new AbortController();
  const workerName = `${hostname()}:${process.pid}`;

  const worker = await startIngestWorker({
    connection: { url: env.queueUrl },
    concurrency: env.INGEST_CONCURRENCY,
    onError,
    handle: ({ arrivalId }) =>
      ingestArrival(
        {
          pool,
          runPool,
          s3,
          keyStore: env.KEYS_FOLDER === undefined ? undefined : createFolderKeyStore(env.KEYS_FOLDER),
          logger,
          worker: workerName,
          claimSeconds: env.CLAIM_SECONDS,
          mostAttempts: env.MOST_ATTEMPTS,
          retrySeconds: env.RETRY_SECONDS,
          silenceSeconds: env.SILENCE_SECONDS,
          closing: closing.signal,
          stopping: stopping.signal,
          announce: announcer.announce,
          wakeUp: (arrival) => queue.enqueue(arrival),
          observer,
        },
        arrivalId,
      ),
  });
  const onRecorded = async (arrival: RecordedArrival) => {
    announcer.announce();
    // A wake-up that gets lost here is found by the next sweep: whoever announced the object may forget it.
    if (arrival.state === 'queued') await queue.enqueue({ arrivalId: arrival.id, claimEpoch: '0' }).catch(onError);
  };
  const consumer = startArrivalConsumer({
    sqs,
    queueUrl: env.SQS_QUEUE_URL,
    visibilityTimeoutSeconds: env.VISIBILITY_TIMEOUT_SECONDS,
    s3,
    pool,
    logger,
    observer,
    onRecorded,
  });
  const reconciler = startReconciler({
    pool,
    s3,
    logger,
    bucket: env.S3_BUCKET,
    prefix: incomingPrefix,
    worker: workerName,
    intervalSeconds: env.RECONCILE_SECONDS,
    graceSeconds: env.RECONCILE_GRACE_SECONDS,
    pollMilliseconds: env.SWEEP_SECONDS * 1_000,
    onRecorded,
  });
  const sweeper = startSweeper({
    pool,
    queue,
    logger,
    intervalMilliseconds: env.SWEEP_SECONDS * 1_000,
    announce: announcer.announce,
  });
  logger.info('started');

  let stopped: Promise<void> | undefined;
  /**
   * Intake ends first; files in work end, or are given back when the grace is over; then connections close. Where there is
   * no file in work all of it takes at most some seconds, whatever is away or silent.
   */
  const stop = async () => {
    logger.info('stopping');
    closing.abort();
    const workerClosed = worker.close();
    const intake = closeInTime(
      { arrivals: () => consumer.close(), reconciler: () => reconciler.close(), sweeper: () => sweeper.close() },
      intakeSeconds,
    );
    const grace = setTimeout(() => stopping.abort(new HikyakuError('stopped')), env.STOP_GRACE_SECONDS * 1_000);
    const runs = closeInTime({ runs: () => worker.whenIdle() }, env.STOP_GRACE_SECONDS + giveBackSeconds);
    const late = [...(await intake), ...(await runs)];
    clearTimeout(grace);
    sqs.destroy();
    s3.destroy();
    const lastWords = { jobs: () => workerClosed, queue: () => queue.close(), announcer: () => announcer.close() };
    late.push(...(await closeInTime(lastWords, goodbyeSeconds)));
    late.push(...(await closeInTime({ pool: () => pool.end(), runPool: () => runPool.end() }, goodbyeSeconds / 2)));
    if (late.length > 0) logger.warn({ late }, 'did not close in time, and is left');
    logger.info('stopped');
  };
  return { stop: () => (stopped ??= stop()) };
}
