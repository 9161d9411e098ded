import { createAppDatabase, createAuthDatabase, listenToTimeline } from '@hikyaku/db';
import { createPool, startAnnouncer } from '@hikyaku/db/ledger';
import { createReceiptIssuer, loadReceiptKeys } from '@hikyaku/receipts/issue';
import { createS3Client } from '@hikyaku/s3-core';
import type { Logger } from '@hikyaku/telemetry';
import { auditSessions } from './auth/audit-sessions.ts';
import { createAuth } from './auth/create-auth.ts';
import type { Environment } from './env.ts';
import { createServer } from './http/create-server.ts';
import { createTimelineHub } from './live/timeline-hub.ts';
import { createSmtpMailer } from './mail/mailer.ts';
import { startPartsSweeper } from './start-parts-sweeper.ts';

/** A load balancer asks every few seconds and must not wait for a database that hangs. */
const readyMilliseconds = 2_000;

export interface Api {
  /** Where it listens. */
  url: string;
  /** Ends open streams, answers what is being asked, closes every connection. */
  stop(): Promise<void>;
}

/** Builds the process out of its parts and listens. */
export async function startApi(env: Environment, logger: Logger): Promise<Api> {
  const receipts = createReceiptIssuer(await loadReceiptKeys(env.RECEIPT_KEYS_FOLDER), env.PORTAL_URL);
  const app = createAppDatabase({ url: env.DATABASE_URL });
  const authDatabase = createAuthDatabase({ url: env.AUTH_DATABASE_URL });
  const announcerPool = createPool({
    url: env.DATABASE_URL,
    maxConnections: 1,
    mostSecondsHeld: 30,
    onError: (error) => logger.warn({ err: error }, 'connection lost'),
  });
  const auth = createAuth({
    database: authDatabase,
    portalUrl: env.PORTAL_URL,
    secret: env.AUTH_SECRET,
    sessions: auditSessions(app),
    logger,
  });
  const s3 = createS3Client({
    region: env.AWS_REGION,
    endpoint: env.S3_ENDPOINT,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
  });
  // Presigning is arithmetic: this client never opens a connection.
  const browserS3 = createS3Client({
    region: env.AWS_REGION,
    endpoint: env.S3_BROWSER_ENDPOINT ?? env.S3_ENDPOINT,
    forcePathStyle: env.S3_FORCE_PATH_STYLE,
  });
  const mailer = createSmtpMailer({ smtpUrl: env.SMTP_URL, from: env.MAIL_FROM });
  const hub = createTimelineHub();
  const announcer = startAnnouncer({
    pool: announcerPool,
    sweepMilliseconds: 2_000,
    onError: (error) => logger.warn({ err: error }, 'announcing failed'),
  });
  const listener = listenToTimeline({
    url: env.DATABASE_URL,
    onAnnouncement: (announcement) => hub.publish(announcement),
    onReconnect: () => hub.publishGap(),
    onError: (error) => logger.warn({ err: error }, 'timeline listener'),
  });
  const services = {
    app,
    auth,
    authDatabase,
    s3,
    browserS3,
    bucket: env.S3_BUCKET,
    hub,
    announce: () => announcer.announce(),
    mailer,
    receipts,
    portalUrl: env.PORTAL_URL,
    sessionCheckMilliseconds: env.SESSION_CHECK_SECONDS * 1_000,
    logger,
  };
  const sweeper = startPartsSweeper({
    app,
    s3,
    logger,
    pool: announcerPool,
    intervalMilliseconds: env.SWEEP_PARTS_SECONDS * 1_000,
  });
  const server = await createServer(services, {
    trustedProxies: env.TRUSTED_PROXIES,
    v1Limits: {
      requestsPerMinute: env.TOKEN_REQUESTS_PER_MINUTE,
      wrongTokensPerMinute: env.WRONG_TOKENS_PER_MINUTE,
    },
    ready: () => within(readyMilliseconds, Promise.all([app.ping(), authDatabase.$queryRaw`SELECT 1`])),
  });
  const url = await server.listen({ port: env.PORT, host: env.HOST });

  return {
    url,
    async stop() {
      hub.close();
      await server.close();
      await sweeper.close();
      await announcer.close();
      await listener.close();
      mailer.close();
      s3.destroy();
      browserS3.destroy();
      await Promise.all([app.close(), authDatabase.$disconnect(), announcerPool.end()]);
    },
  };
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
