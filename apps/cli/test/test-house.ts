import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createApiToken,
  createAppDatabase,
  createAuthDatabase,
  createDataset,
  createOrganization,
  createOrganizationKey,
  organizationSchema,
} from '@hikyaku/db';
import { inOrganization } from '@hikyaku/db/ledger';
import { type MigratedDatabase, migratedDatabase } from '@hikyaku/db/testing';
import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import { createFolderKeyStore } from '@hikyaku/encryption/key-store';
import { createOpenPgpKeyPair } from '@hikyaku/encryption/openpgp';
import { createTargetTable } from '@hikyaku/ingest';
import type { CloudAccount } from '@hikyaku/local-cloud';
import { testAccount, testCloud } from '@hikyaku/local-cloud/testing';
import { makeReceiptKey } from '@hikyaku/receipts/issue';
import { tableDefinition } from '@hikyaku/types';
import { Pool } from 'pg';

export const dataset = 'items';

/** Api and worker as processes of their own on the embedded parts, with one organization that has a dataset and a key. */
export interface TestHouse {
  url: string;
  /** May send and see. */
  token: string;
  account: CloudAccount;
  close: () => Promise<void>;
}

const definition = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer', required: true },
    { name: 'name', type: 'text' },
  ],
  primaryKey: ['id'],
});

export async function openTestHouse(options: { keysFolder: string }): Promise<TestHouse> {
  const { postgres, s3, mail } = testCloud();
  if (!postgres || !s3 || !mail) throw new Error('the test cloud lacks a part');
  const [database, account] = await Promise.all([
    migratedDatabase(postgres.superuserUrl()),
    testAccount({ corsOrigins: [] }),
  ]);
  const organizationId = await furnish(database);
  await giveKeys(database, organizationId, options.keysFolder);
  const token = await giveToken(database, organizationId);
  const receiptKeysFolder = join(options.keysFolder, 'receipts');
  await makeReceiptKey(receiptKeysFolder, '2026-01-01');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const shared = { PATH: process.env['PATH'] ?? '', S3_BUCKET: account.bucket, DATABASE_URL: database.app };
  const processes = [
    startApp('api', {
      ...shared,
      ...account.environment('api'),
      PORT: String(port),
      AUTH_DATABASE_URL: database.auth,
      AUTH_SECRET: randomBytes(32).toString('hex'),
      RECEIPT_KEYS_FOLDER: receiptKeysFolder,
      PORTAL_URL: url,
      SMTP_URL: mail.smtpUrl,
    }),
    startApp('ingest-worker', {
      ...shared,
      ...account.environment('ingest-worker'),
      SQS_QUEUE_URL: account.queueUrl,
      JOBS_DATABASE_URL: database.jobs,
      KEYS_FOLDER: options.keysFolder,
    }),
  ];
  await answering(`${url}/readyz`);
  return {
    url,
    token,
    account,
    async close() {
      await Promise.all(processes.map(stopApp));
      await Promise.all([database.drop(), account.delete()]);
    },
  };
}

async function furnish(database: MigratedDatabase): Promise<string> {
  const { id: organizationId } = await createOrganization(database.owner, { name: 'Test', slug: 'test' });
  const app = createAppDatabase({ url: database.app, maxConnections: 1 });
  const name = { ja: '品目', en: 'Items' };
  await app.inOrganization({ organizationId, actorId: null }, (transaction) =>
    createDataset(transaction, { organizationId, slug: dataset, name, definition, targetTable: dataset }),
  );
  await app.close();
  const schema = organizationSchema(organizationId);
  const pool = new Pool({ connectionString: database.app, max: 1 });
  await inOrganization(pool, organizationId, (client) =>
    createTargetTable(client, { schema, role: schema, table: dataset }, definition),
  );
  await pool.end();
  return organizationId;
}

/** One of age and one of OpenPGP. */
async function giveKeys(database: MigratedDatabase, organization: string, keysFolder: string): Promise<void> {
  const store = createFolderKeyStore(keysFolder);
  const identity = generateIdentity();
  await store.add('age.key', { kind: 'age', identity });
  const ofAge = { kind: 'age', publicKey: recipientOf(identity) } as const;
  await createOrganizationKey(database.owner, { organization, publicPart: ofAge, privateKeyReference: 'age.key' });

  const { privateKey, publicKey: certificate, fingerprint } = await createOpenPgpKeyPair('Company');
  await store.add('openpgp.key', { kind: 'openpgp', privateKey });
  const publicPart = { kind: 'openpgp', fingerprint, certificate } as const;
  await createOrganizationKey(database.owner, { organization, publicPart, privateKeyReference: 'openpgp.key' });
}

/** Of an administrator, as the portal makes them. */
async function giveToken(database: MigratedDatabase, organizationId: string): Promise<string> {
  const authDatabase = createAuthDatabase({ url: database.auth, maxConnections: 1 });
  const personId = randomUUID();
  await authDatabase.person.create({
    data: { id: personId, name: 'Admin', email: 'admin@company.example', emailVerified: true },
  });
  await authDatabase.membership.create({
    data: { id: randomUUID(), organizationId, personId, role: 'administrator' },
  });
  await authDatabase.$disconnect();
  const token = `hky_${randomBytes(32).toString('base64url')}`;
  const app = createAppDatabase({ url: database.app, maxConnections: 1 });
  await app.inOrganization({ organizationId, actorId: personId }, (transaction) =>
    createApiToken(transaction, {
      id: randomUUID(),
      organizationId,
      name: 'nightly',
      scopes: ['uploads:write', 'uploads:read'],
      datasetSlugs: [],
      tokenHash: createHash('sha256').update(token).digest('base64url'),
      lastFour: token.slice(-4),
      createdBy: personId,
      expiresAt: new Date(Date.now() + 86_400_000),
    }),
  );
  await app.close();
  return token;
}

function startApp(name: 'api' | 'ingest-worker', env: Record<string, string>): ChildProcess {
  const main = fileURLToPath(new URL(`../../${name}/src/main.ts`, import.meta.url));
  const { NODE_COMPILE_CACHE } = process.env;
  const compiled = NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {};
  return spawn(process.execPath, [main], { env: { ...compiled, ...env }, stdio: 'ignore' });
}

async function stopApp(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await delay(100);
  }
  throw new Error(`nothing answers at ${url}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('listens nowhere');
  return address.port;
}
