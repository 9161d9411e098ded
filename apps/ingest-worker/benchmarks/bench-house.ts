import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { migratedDatabase } from '@hikyaku/db/testing';
import { startLocalCloud } from '@hikyaku/local-cloud';
import { Pool, type QueryResultRow } from 'pg';
import { furnishOrganization } from '../test/furnish-organization.ts';
import { testKeys } from '../test/test-keys.ts';
import { until } from '../test/until.ts';
import { spawnWorker } from '../test/worker-process.ts';
import { ordersDefinition } from './rows-file.ts';

export type BenchHouse = Awaited<ReturnType<typeof openBenchHouse>>;

/** Everything on this machine as `npm start` has it, durable writes too, with one worker and a folder for files. */
export async function openBenchHouse() {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-bench-'));
  const cloud = await startLocalCloud({ dataFolder: join(folder, 'cloud') });
  if (!cloud.postgres || !cloud.s3) throw new Error('the bench needs PostgreSQL and S3');
  const account = await cloud.createAccount({ name: 'bench', bucket: 'bench-files', corsOrigins: [] });
  const database = await migratedDatabase(cloud.postgres.superuserUrl());
  const { organizationId, target } = await furnishOrganization(database, {
    slug: 'orders',
    definition: ordersDefinition,
  });
  const keys = await testKeys(database.owner);
  const publicKey = await keys.add(organizationId);
  const worker = spawnWorker(account, database, { KEYS_FOLDER: keys.folder });
  await until(() => worker.log().includes('"msg":"started"') || undefined, 'the worker to start');
  const pool = new Pool({ connectionString: database.superuser, max: 4 });
  const s3 = new S3Client({
    endpoint: cloud.s3.endpoint,
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const { bucket } = account;
  return {
    folder,
    databaseUrl: database.superuser,
    /** What files are encrypted for; `identityFile` holds the private part. */
    publicKey,
    identityFile: join(keys.folder, '1.key'),
    table: `"${target.schema}"."${target.table}"`,
    query: async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await pool.query<Row>(sql, values)).rows,
    /** Puts a file under the dataset; resolves when S3 has it, which is when its event begins to travel. */
    async put(name: string, path: string): Promise<string> {
      const key = `incoming/${organizationId}/orders/${name}`;
      const { size } = await stat(path);
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: createReadStream(path), ContentLength: size }),
      );
      return key;
    },
    presignedUrl: (key: string) => getSignedUrl(s3, new GetObjectCommand({ Bucket: bucket, Key: key })),
    async close() {
      worker.signal('SIGTERM');
      await worker.exited;
      await pool.end();
      s3.destroy();
      await keys.remove();
      await cloud.stop({ discard: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
