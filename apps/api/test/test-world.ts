import { randomBytes, randomUUID } from 'node:crypto';
import {
  type AppDatabase,
  type AuthDatabase,
  createAppDatabase,
  createAuthDatabase,
  createDataset,
  createOrganization,
} from '@hikyaku/db';
import { type MigratedDatabase, migratedDatabase } from '@hikyaku/db/testing';
import { testCloud } from '@hikyaku/local-cloud/testing';
import type { OrganizationRole } from '@hikyaku/types';
import { hashPassword } from 'better-auth/crypto';
import { Client } from 'pg';
import { citiesDataset } from '../src/demo/demo-datasets.ts';

export interface TestPerson {
  id: string;
  name: string;
  email: string;
  password: string;
}

export interface TestOrganization {
  id: string;
  name: string;
  slug: string;
  dataset: { id: string; slug: string };
}

/** A migrated database with helpers to fill it; everything named so that no name is part of another. */
export interface TestWorld {
  database: MigratedDatabase;
  /** As superuser: sees and changes everything, to prepare and to check. */
  superuser: Client;
  app: AppDatabase;
  authDatabase: AuthDatabase;
  makeOrganization(): Promise<TestOrganization>;
  makePerson(options?: { isPlatformAdministrator?: boolean }): Promise<TestPerson>;
  makeMember(organization: TestOrganization, role: OrganizationRole): Promise<TestPerson>;
  join(person: TestPerson, organization: TestOrganization, role: OrganizationRole): Promise<void>;
  close(): Promise<void>;
}

export async function testWorld(): Promise<TestWorld> {
  const postgres = testCloud().postgres;
  if (!postgres) throw new Error('the test cloud runs no database');
  const database = await migratedDatabase(postgres.superuserUrl());
  const superuser = new Client(database.superuser);
  await superuser.connect();
  const app = createAppDatabase({ url: database.app, maxConnections: 3 });
  const authDatabase = createAuthDatabase({ url: database.auth, maxConnections: 3 });
  // Made slow on purpose, so made once: nobody here guesses it.
  const password = `correct horse ${randomBytes(8).toString('hex')}`;
  const passwordHash = await hashPassword(password);

  const world: TestWorld = {
    database,
    superuser,
    app,
    authDatabase,
    async makeOrganization() {
      const tag = randomBytes(5).toString('hex');
      const organization = { name: `Company ${tag}`, slug: `company-${tag}` };
      const { id } = await createOrganization(database.owner, organization);
      const slug = `cities-${tag}`;
      const name = { ja: `都市${tag}`, en: `Cities ${tag}` };
      const { definition } = citiesDataset;
      const dataset = await app.inOrganization({ organizationId: id, actorId: null }, (transaction) =>
        createDataset(transaction, { organizationId: id, slug, name, definition, targetTable: `target_${tag}` }),
      );
      return { id, ...organization, dataset: { id: dataset.id, slug } };
    },
    async makePerson(options = {}) {
      const tag = randomBytes(5).toString('hex');
      const person = { id: randomUUID(), name: `Person ${tag}`, email: `person-${tag}@company.example` };
      await authDatabase.person.create({
        data: {
          ...person,
          emailVerified: true,
          isPlatformAdministrator: options.isPlatformAdministrator ?? false,
          accounts: {
            create: { id: randomUUID(), accountId: person.id, providerId: 'credential', password: passwordHash },
          },
        },
      });
      return { ...person, password };
    },
    async makeMember(organization, role) {
      const person = await world.makePerson();
      await world.join(person, organization, role);
      return person;
    },
    async join(person, organization, role) {
      await authDatabase.membership.create({
        data: { id: randomUUID(), organizationId: organization.id, personId: person.id, role },
      });
    },
    async close() {
      await Promise.all([app.close(), authDatabase.$disconnect(), superuser.end()]);
      await database.drop();
    },
  };
  return world;
}
