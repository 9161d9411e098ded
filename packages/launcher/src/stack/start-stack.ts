import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseUrls } from '@hikyaku/db';
import { type CloudAccount, type LocalCloud, neededParts, type PartName, startLocalCloud } from '@hikyaku/local-cloud';
import { makeReceiptKey } from '@hikyaku/receipts/issue';
import type { LauncherEnvironment } from '../env.ts';
import { LauncherError } from '../launcher-error.ts';
import { repositoryRoot } from '../paths.ts';
import type { Progress } from '../progress.ts';
import { type AppProcess, startAppProcess, stopLeftoverApps } from './app-process.ts';
import { claimPort } from './claim-port.ts';
import { findOrCreateSecrets, type StackSecrets } from './stack-secrets.ts';
import { waitForHttp } from './wait-for-http.ts';

const accountName = 'hikyaku';
export const databaseName = 'hikyaku';

export interface StackOptions {
  env: LauncherEnvironment;
  /** 0 takes a free one. */
  portalPort: number;
  apiPort: number;
  progress: Progress;
  /** Ready when the portal is built; the rest starts meanwhile. */
  portalBuilt: Promise<void>;
  /** For development: api and worker start again, and the portal reloads, when a file they are made of changes. */
  watch?: boolean;
  signal: AbortSignal;
  /** Added to the worker's environment; tests shorten its claims. */
  workerEnvironment?: Record<string, string>;
  postgresSettings?: Record<string, string>;
}

export interface Stack {
  portalUrl: string;
  apiUrl: string;
  dataFolder: string;
  keysFolder: string;
  /** True where nothing points elsewhere: only then are demo people made. */
  isEmbedded: boolean;
  database: DatabaseUrls;
  account: CloudAccount | undefined;
  apps: readonly AppProcess[];
  /** Stops what was started, the last first. Resolves when nothing runs any more. */
  stop(): Promise<void>;
}

/** Parts, database, api, worker and portal, in this order. Where it throws, whatever was started is stopped. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    return { ...(await startInOrder(options, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startInOrder(options: StackOptions, stops: (() => Promise<void>)[]): Promise<Omit<Stack, 'stop'>> {
  const { env, progress, signal } = options;
  const dataFolder = env.HIKYAKU_DATA_FOLDER;
  await mkdir(join(dataFolder, 'logs'), { recursive: true });
  const secrets = await findOrCreateSecrets(dataFolder);
  const receiptKeysFolder = env.RECEIPT_KEYS_FOLDER ?? join(dataFolder, 'receipt-keys');
  if (!env.RECEIPT_KEYS_FOLDER) await makeReceiptKey(receiptKeysFolder, new Date().toISOString().slice(0, 10));
  // Next renames its process.
  await stopLeftoverApps(dataFolder, { portal: 'next', 'ingest-worker': repositoryRoot, api: repositoryRoot });
  const portalPort = await claimPort(options.portalPort, 'the portal', 'HIKYAKU_PORTAL_PORT');
  const apiPort = await claimPort(options.apiPort, 'the api', 'HIKYAKU_API_PORT');
  const portalUrl = `http://127.0.0.1:${portalPort}`;
  const apiUrl = `http://127.0.0.1:${apiPort}`;

  const parts = embeddedParts(env);
  const cloud = await startLocalCloud({
    dataFolder: join(dataFolder, 'local-cloud'),
    parts,
    ports: env.partPorts,
    ...(options.postgresSettings ? { postgresSettings: options.postgresSettings } : {}),
    onProgress: ({ part, step }) => progress.step(`${part}: ${step}`),
    onPartFailed: (part, error) => progress.step(`${part} ended by itself: ${error.message}`),
  });
  stops.push(() => cloud.stop());
  signal.throwIfAborted();

  const account = parts.has('s3')
    ? await cloud.createAccount({ name: accountName, bucket: `${accountName}-files`, corsOrigins: [portalUrl] })
    : undefined;
  const database = await prepareDatabase(env, cloud, secrets, progress);
  signal.throwIfAborted();

  const shared = {
    dataFolder,
    onDeath(name: string, how: string, logFile: string) {
      progress.step(`${name} ended by itself (${how}) and is started again. Its log: ${logFile}`);
    },
  };
  const start = async (app: Omit<Parameters<typeof startAppProcess>[0], keyof typeof shared>) => {
    const started = await startAppProcess({ ...shared, ...app });
    stops.push(() => started.stop());
    return started;
  };

  const watching = options.watch ? ['--watch', '--watch-preserve-output'] : [];
  const api = await start({
    name: 'api',
    cwd: join(repositoryRoot, 'apps/api'),
    args: [...watching, join(repositoryRoot, 'apps/api/src/main.ts')],
    env: {
      ...account?.environment('api'),
      ...(account ? { S3_BUCKET: account.bucket } : {}),
      NODE_ENV: 'production',
      PORT: String(apiPort),
      HOST: '127.0.0.1',
      DATABASE_URL: database.app,
      AUTH_DATABASE_URL: database.auth,
      AUTH_SECRET: secrets.authSecret,
      RECEIPT_KEYS_FOLDER: receiptKeysFolder,
      PORTAL_URL: portalUrl,
      ...(cloud.mail ? { SMTP_URL: cloud.mail.smtpUrl } : {}),
    },
  });
  const worker = await start({
    name: 'ingest-worker',
    cwd: join(repositoryRoot, 'apps/ingest-worker'),
    args: [...watching, join(repositoryRoot, 'apps/ingest-worker/src/main.ts')],
    env: {
      ...account?.environment('ingest-worker'),
      ...(account ? { S3_BUCKET: account.bucket, SQS_QUEUE_URL: account.queueUrl } : {}),
      NODE_ENV: 'production',
      DATABASE_URL: database.app,
      JOBS_DATABASE_URL: database.jobs,
      KEYS_FOLDER: env.keysFolder,
      ...(env.REDIS_URL ? { REDIS_URL: env.REDIS_URL } : {}),
      ...options.workerEnvironment,
    },
  });
  await waitForHttp(`${apiUrl}/readyz`, { timeoutSeconds: 60, what: 'The api', logFile: api.logFile, signal });
  progress.step('api and worker run');

  await options.portalBuilt;
  const portalFolder = join(repositoryRoot, 'apps/portal');
  const portal = await start({
    name: 'portal',
    cwd: portalFolder,
    args: [
      join(portalFolder, 'node_modules/next/dist/bin/next'),
      options.watch ? 'dev' : 'start',
      '-H',
      '127.0.0.1',
      '-p',
      String(portalPort),
    ],
    env: {
      NODE_ENV: options.watch ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      HIKYAKU_PORTAL_BUILD: env.HIKYAKU_PORTAL_BUILD,
      HIKYAKU_API_URL: apiUrl,
      HIKYAKU_S3_ORIGIN: s3Origin(env, cloud),
    },
    stopTimeoutMilliseconds: 10_000,
  });
  await waitForHttp(`${portalUrl}/sign-in`, {
    timeoutSeconds: 60,
    what: 'The portal',
    logFile: portal.logFile,
    signal,
  });
  progress.step('portal runs');

  const isEmbedded = neededParts.every((part) => parts.has(part));
  const { keysFolder } = env;
  return { portalUrl, apiUrl, dataFolder, keysFolder, isEmbedded, database, account, apps: [api, worker, portal] };
}

/** What is not configured to run elsewhere. Bucket and queue belong together: S3 sends its events to that queue. */
function embeddedParts(env: LauncherEnvironment): ReadonlySet<PartName> {
  const parts = new Set<PartName>(neededParts);
  if (env.S3_BUCKET || env.S3_ENDPOINT || env.SQS_QUEUE_URL) {
    if (!env.S3_BUCKET || !env.SQS_QUEUE_URL) {
      throw new LauncherError('S3_BUCKET and SQS_QUEUE_URL belong together: set both, or neither.');
    }
    for (const part of ['s3', 'sqs', 'events'] as const) parts.delete(part);
  }
  if (env.DATABASE_URL) parts.delete('postgres');
  if (env.SMTP_URL) parts.delete('mail');
  return parts;
}

async function prepareDatabase(
  env: LauncherEnvironment,
  cloud: LocalCloud,
  secrets: StackSecrets,
  progress: Progress,
): Promise<DatabaseUrls> {
  // Imported here: the client it needs is generated just before the stack starts.
  const { migrateDatabase, provisionDatabase } = await import('@hikyaku/db');
  if (!cloud.postgres) {
    const { DATABASE_OWNER_URL, DATABASE_URL, AUTH_DATABASE_URL, JOBS_DATABASE_URL } = env;
    if (!DATABASE_OWNER_URL || !DATABASE_URL || !AUTH_DATABASE_URL || !JOBS_DATABASE_URL) {
      throw new LauncherError(
        'A database of your own needs four variables: DATABASE_OWNER_URL, DATABASE_URL, AUTH_DATABASE_URL, JOBS_DATABASE_URL.',
      );
    }
    await migrateDatabase(DATABASE_OWNER_URL);
    return { owner: DATABASE_OWNER_URL, app: DATABASE_URL, auth: AUTH_DATABASE_URL, jobs: JOBS_DATABASE_URL };
  }
  const database = await provisionDatabase({
    superuserUrl: cloud.postgres.superuserUrl(),
    database: databaseName,
    passwords: secrets.databasePasswords,
  });
  await migrateDatabase(database.owner);
  progress.step('database migrated');
  return database;
}

/** Where browsers send bytes to: the portal's pages allow that and nothing else. */
function s3Origin(env: LauncherEnvironment, cloud: LocalCloud): string {
  if (cloud.s3) return new URL(cloud.s3.browserEndpoint).origin;
  if (env.S3_ENDPOINT) return new URL(env.S3_ENDPOINT).origin;
  return `https://${env.S3_BUCKET}.s3.${process.env['AWS_REGION'] ?? 'ap-northeast-1'}.amazonaws.com`;
}
