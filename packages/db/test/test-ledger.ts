import { randomBytes, randomUUID } from 'node:crypto';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { planObjectKey, tableDefinition } from '@hikyaku/types';
import { Client, Pool } from 'pg';
import {
  type AppDatabase,
  createAppDatabase,
  createDataset,
  createOrganization,
  createUpload,
  type OrganizationScope,
} from '../src/index.ts';
import type { ArrivedObject } from '../src/ledger/index.ts';
import { type MigratedDatabase, migratedDatabase } from '../src/testing/index.ts';

export interface LedgerOrganization extends OrganizationScope {
  slug: string;
  name: string;
  personId: string;
  datasetId: string;
  datasetSlug: string;
}

/** A migrated database, the pool a worker has of it, and what tests put into it. */
export interface TestLedger {
  database: MigratedDatabase;
  pool: Pool;
  app: AppDatabase;
  /** Sees everything: to prepare and to check. */
  superuser: Client;
  makeOrganization(): Promise<LedgerOrganization>;
  makeUpload(organization: LedgerOrganization, sizeBytes?: number): Promise<{ id: string; key: string }>;
  /** A connection of its own under a role. */
  connect(role: 'owner' | 'app' | 'auth' | 'jobs'): Promise<Client>;
  close(): Promise<void>;
}

export const bucket = 'test-bucket';

const definition = tableDefinition.parse({ columns: [{ name: 'id', type: 'integer' }], primaryKey: ['id'] });

export async function testLedger(options: { maxConnections?: number } = {}): Promise<TestLedger> {
  const postgres = testCloud().postgres;
  if (!postgres) throw new Error('the test cloud runs no database');
  const database = await migratedDatabase(postgres.superuserUrl());
  const pool = new Pool({ connectionString: database.app, max: options.maxConnections ?? 10 });
  const app = createAppDatabase({ url: database.app, maxConnections: 2 });
  const superuser = new Client(database.superuser);
  await superuser.connect();
  const clients: Client[] = [superuser];
  return {
    database,
    pool,
    app,
    superuser,
    async makeOrganization() {
      const tag = randomBytes(5).toString('hex');
      const [name, slug, datasetSlug] = [`Company ${tag}`, `company-${tag}`, `data-${tag}`];
      const { id: organizationId } = await createOrganization(database.owner, { name, slug });
      const personId = randomUUID();
      await superuser.query(`INSERT INTO auth.person (id, name, email, updated_at) VALUES ($1, $2, $3, now())`, [
        personId,
        `Person ${tag}`,
        `${tag}@company.example`,
      ]);
      await superuser.query(
        `INSERT INTO auth.membership (id, organization_id, person_id, role) VALUES ($1, $2, $3, 'uploader')`,
        [randomUUID(), organizationId, personId],
      );
      const scope = { organizationId, actorId: personId };
      const { id: datasetId } = await app.inOrganization(scope, (transaction) =>
        createDataset(transaction, {
          organizationId,
          slug: datasetSlug,
          name: { ja: name, en: name },
          definition,
          targetTable: `target_${tag}`,
        }),
      );
      return { ...scope, slug, name, personId, datasetId, datasetSlug };
    },
    async makeUpload(organization, sizeBytes = 100) {
      const id = randomUUID();
      const key = keyIn(organization, id);
      const { organizationId, datasetId, personId } = organization;
      await app.inOrganization(organization, (transaction) =>
        createUpload(transaction, {
          id,
          organizationId,
          datasetId,
          personId,
          fileName: 'data.csv',
          contentType: 'text/csv',
          sizeBytes,
          bucket,
          key,
          expiresAt: new Date(Date.now() + 3_600_000),
        }),
      );
      return { id, key };
    },
    async connect(role) {
      const client = new Client(database[role]);
      await client.connect();
      clients.push(client);
      return client;
    },
    async close() {
      await Promise.all([pool.end(), app.close(), ...clients.map((client) => client.end())]);
      await database.drop();
    },
  };
}

export function keyIn(
  organization: LedgerOrganization,
  uploadId: string = randomUUID(),
  fileName = 'data.csv',
): string {
  const { organizationId, datasetSlug } = organization;
  return planObjectKey({ organizationId, datasetSlug, uploadId, fileName, at: new Date(), timeZone: 'Asia/Tokyo' });
}

export function objectAt(key: string, changes: Partial<ArrivedObject> = {}): ArrivedObject {
  return {
    bucket,
    key,
    versionId: randomUUID(),
    etag: randomBytes(16).toString('hex'),
    sizeBytes: 100,
    at: nextMoment(),
    ...changes,
  };
}

let lastMoment = 0;

/** Now, and never twice the same: what is made later is newer. */
function nextMoment(): Date {
  lastMoment = Math.max(Date.now(), lastMoment + 1);
  return new Date(lastMoment);
}
