import { createAppDatabase, createAuthDatabase, listenToTimeline } from '@hikyaku/db';
import { startAnnouncer } from '@hikyaku/db/ledger';
import { createS3Client } from '@hikyaku/s3-core';
import { createLogger } from '@hikyaku/telemetry';
import pg from 'pg';
import { createAuth } from './auth/create-auth.ts';
import { readEnvironment } from './env.ts';
import { createServer } from './http/create-server.ts';
import { createTimelineHub } from './live/timeline-hub.ts';
import { createSmtpMailer } from './mail/mailer.ts';

const env = readEnvironment();
const logger = createLogger({ service: 'api', level: env.LOG_LEVEL });

const app = createAppDatabase({ url: env.DATABASE_URL });
const authDatabase = createAuthDatabase({ url: env.AUTH_DATABASE_URL });
const announcerPool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 1 });
announcerPool.on('error', (error) => logger.warn({ err: error }, 'idle connection lost'));
const auth = createAuth({ database: authDatabase, portalUrl: env.PORTAL_URL, secret: env.AUTH_SECRET });
const s3 = createS3Client({
  region: env.AWS_REGION,
  endpoint: env.S3_ENDPOINT,
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
  onAnnouncement: hub.publish,
  onReconnect: hub.publishGap,
  onError: (error) => logger.warn({ err: error }, 'timeline listener'),
});

const server = await createServer(
  {
    app,
    auth,
    authDatabase,
    s3,
    bucket: env.S3_BUCKET,
    hub,
    announce: announcer.announce,
    mailer,
    portalUrl: env.PORTAL_URL,
    logger,
  },
  {
    async ready() {
      await app.ping();
      await authDatabase.$queryRaw`SELECT 1`;
    },
  },
);
await server.listen({ port: env.PORT, host: env.HOST });

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  logger.info('stopping');
  hub.close();
  await server.close();
  await announcer.close();
  await listener.close();
  mailer.close();
  s3.destroy();
  await Promise.all([app.close(), authDatabase.$disconnect(), announcerPool.end()]);
  logger.info('stopped');
};
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
