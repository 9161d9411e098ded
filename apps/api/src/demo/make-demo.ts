import { randomBytes } from 'node:crypto';
import {
  type AppDatabase,
  type AuthDatabase,
  createDataset,
  createOrganization,
  findDataset,
  organizationSchema,
} from '@hikyaku/db';
import { inOrganization } from '@hikyaku/db/ledger';
import { createTargetTable } from '@hikyaku/ingest';
import { hashPassword } from 'better-auth/crypto';
import type { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { demoDatasets } from './demo-datasets.ts';
import { demoOrganizations, type DemoPerson, demoPeople } from './demo-people.ts';

export interface DemoLogin {
  email: string;
  password: string;
  role: string;
  organization: string;
  organizationId: string;
}

export interface DemoDependencies {
  ownerUrl: string;
  app: AppDatabase;
  authDatabase: AuthDatabase;
  pool: Pool;
}

/** Two organizations, five people, two datasets. What exists is left as it is; passwords come back only for new people. */
export async function makeDemo(dependencies: DemoDependencies): Promise<DemoLogin[]> {
  const ids = new Map<string, string>();
  for (const organization of demoOrganizations) {
    const id = await findOrCreateOrganization(dependencies, organization);
    ids.set(organization.slug, id);
    for (const dataset of demoDatasets) await ensureDataset(dependencies, id, dataset);
  }
  const logins: DemoLogin[] = [];
  for (const person of demoPeople) {
    const organizationId = ids.get(person.organization);
    const login = organizationId ? await createPerson(dependencies, person, organizationId) : undefined;
    if (login) logins.push(login);
  }
  return logins;
}

async function findOrCreateOrganization(
  { authDatabase, ownerUrl }: DemoDependencies,
  organization: { slug: string; name: string },
): Promise<string> {
  const found = await authDatabase.organization.findUnique({ where: { slug: organization.slug } });
  return found?.id ?? (await createOrganization(ownerUrl, organization)).id;
}

async function ensureDataset(
  { app, pool }: DemoDependencies,
  organizationId: string,
  dataset: (typeof demoDatasets)[number],
): Promise<void> {
  const schema = organizationSchema(organizationId);
  const target = { schema, role: schema, table: dataset.targetTable };
  await inOrganization(pool, organizationId, (client) => createTargetTable(client, target, dataset.definition));
  await app.inOrganization({ organizationId, actorId: null }, async (transaction) => {
    if (!(await findDataset(transaction, { slug: dataset.slug }))) {
      await createDataset(transaction, { ...dataset, organizationId });
    }
  });
}

async function createPerson(
  { authDatabase }: DemoDependencies,
  person: DemoPerson,
  organizationId: string,
): Promise<DemoLogin | undefined> {
  const { email, name, role } = person;
  if (await authDatabase.person.findUnique({ where: { email } })) return undefined;
  const password = randomBytes(12).toString('base64url');
  const hash = await hashPassword(password);
  const id = uuidv7();
  await authDatabase.person.create({
    data: {
      id,
      email,
      name,
      emailVerified: true,
      isPlatformAdministrator: person.isPlatformAdministrator ?? false,
      accounts: { create: { id: uuidv7(), accountId: id, providerId: 'credential', password: hash } },
      memberships: { create: { id: uuidv7(), organizationId, role } },
    },
  });
  const shownRole = person.isPlatformAdministrator ? 'platform administrator' : role;
  return { email, password, role: shownRole, organization: person.organization, organizationId };
}
