import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrganization, organizationSchema } from '@hikyaku/db';
import { type MigratedDatabase, migratedDatabase } from '@hikyaku/db/testing';
import { type AttachedCloud, type CloudAccount, startLocalCloud } from '@hikyaku/local-cloud';
import { openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { testKeys } from '../test/test-keys.ts';
import { workerEnvironment } from '../test/worker-process.ts';

/** Short waits, so that what happens after them happens soon. */
const shortWaits = {
  CLAIM_SECONDS: '2',
  RETRY_SECONDS: '1',
  SWEEP_SECONDS: '1',
  VISIBILITY_TIMEOUT_SECONDS: '2',
  SILENCE_SECONDS: '2',
  INGEST_CONCURRENCY: '2',
};

export interface FaultPartsOptions {
  cloud: AttachedCloud;
  /** Of the account; letters, digits and hyphens. */
  name: string;
  /** Where jobs wait. A Redis is always one of the house's own. */
  jobs: 'postgresql' | 'redis';
  /** A PostgreSQL that may be killed without harm to another house. */
  ownPostgres?: boolean;
  seed: number;
}

/** An account, a migrated database and a queue, each behind a fault proxy, and the environment of a worker on them. */
export async function openFaultParts({ cloud, name, jobs, ownPostgres = false, seed }: FaultPartsOptions) {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-faults-'));
  const temporaryFolder = join(folder, 'tmp');
  await mkdir(temporaryFolder);
  const ended = new EventTarget();
  const own = await startLocalCloud({
    dataFolder: join(folder, 'cloud'),
    parts: new Set([
      ...(jobs === 'redis' ? (['redis'] as const) : []),
      ...(ownPostgres ? (['postgres'] as const) : []),
    ]),
    // Nothing is lost when processes die, and this machine's power stays on.
    postgresSettings: { fsync: 'off' },
    onPartFailed: (part) => ended.dispatchEvent(new Event(part)),
  });
  const superuserUrl = own.postgres?.superuserUrl() ?? cloud.postgres?.superuserUrl();
  if (!superuserUrl || !cloud.s3 || !cloud.sqs) throw new Error('the faults need PostgreSQL, S3 and SQS');
  const account = await cloud.createAccount({ name, bucket: `${name}-files`, corsOrigins: [] });
  const database = await migratedDatabase(superuserUrl);
  const { id: organizationId } = await createOrganization(database.owner, { name: 'Faults', slug: 'faults' });
  const keys = await testKeys(database.owner);
  const recipients = {
    recipient: await keys.add('faults'),
    openPgpRecipient: await keys.addOpenPgp('faults'),
    passphrase: 'correct horse',
  };
  await keys.addPassphrase('faults', recipients.passphrase);
  const proxies = {
    s3: await openFaultProxy({ target: targetOf(cloud.s3.endpoint), http: true, seed }),
    sqs: await openFaultProxy({ target: targetOf(cloud.sqs.endpoint), http: true, seed }),
    postgres: await openFaultProxy({ target: targetOf(superuserUrl), seed }),
    jobs: await openFaultProxy({ target: targetOf(own.redis?.url ?? superuserUrl), seed }),
  };
  return {
    own,
    account,
    database,
    proxies,
    organizationId,
    schema: organizationSchema(organizationId),
    s3Endpoint: cloud.s3.endpoint,
    sqsEndpoint: cloud.sqs.endpoint,
    /** What files are encrypted for, in age most often. */
    publicKey: recipients.recipient,
    recipients,
    temporaryFolder,
    environment: {
      ...proxiedEnvironment(account, database, proxies),
      ...(own.redis ? { REDIS_URL: through(own.redis.url, proxies.jobs) } : {}),
      ...shortWaits,
      KEYS_FOLDER: keys.folder,
      TMPDIR: temporaryFolder,
    },
    /** Resolves when a part of the house's own that was killed is gone. */
    partEnded: (part: 'postgres' | 'redis') =>
      new Promise<void>((resolve) => {
        ended.addEventListener(part, () => resolve(), { once: true });
      }),
    /** Once nobody uses them any more. */
    async close() {
      for (const proxy of Object.values(proxies)) await proxy.close();
      await database.drop();
      await keys.remove();
      await account.delete();
      await own.stop({ discard: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

type Proxies = Record<'s3' | 'sqs' | 'postgres' | 'jobs', { port: number }>;

/** Sessions under roles come straight from the gateway: they are no part of what breaks. */
function proxiedEnvironment(
  account: CloudAccount,
  database: MigratedDatabase,
  proxies: Proxies,
): Record<string, string> {
  return {
    ...workerEnvironment(account, database),
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${proxies.s3.port}`,
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${proxies.sqs.port}`,
    SQS_QUEUE_URL: through(account.queueUrl, proxies.sqs),
    DATABASE_URL: through(database.app, proxies.postgres),
    JOBS_DATABASE_URL: through(database.jobs, proxies.jobs),
  };
}

const targetOf = (url: string) => ({ host: '127.0.0.1', port: Number(new URL(url).port) });

/** The same address, by way of a proxy. */
export function through(url: string, proxy: { port: number }): string {
  const changed = new URL(url);
  changed.port = String(proxy.port);
  return changed.href;
}
