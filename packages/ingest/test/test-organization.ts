import { randomBytes, randomUUID } from 'node:crypto';
import { testDatabase } from '@hikyaku/local-cloud/testing';
import { Client } from 'pg';
import type { TargetTable } from '../src/index.ts';

/** A database with one organization in it, as the application meets it: never as its owner. */
export interface TestOrganization {
  /** Logged in as a role that may only switch to the organization's. */
  client: Client;
  superuser: Client;
  target: TargetTable;
  /** One more connection like `client`, closed with the organization. */
  connect(): Promise<Client>;
  drop(): Promise<void>;
}

export async function testOrganization(): Promise<TestOrganization> {
  const database = await testDatabase();
  const superuser = new Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  const suffix = randomBytes(8).toString('hex');
  const login = `app_${suffix}`;
  const role = `org_${randomUUID().replaceAll('-', '')}`;
  // Quotes in the table's name: whoever forgets to quote an identifier fails everywhere.
  const target = { schema: role, role, table: `Data "${suffix}"; x` };
  await superuser.query(`
    REVOKE ALL ON DATABASE ${database.name} FROM PUBLIC;
    CREATE ROLE ${login} LOGIN PASSWORD '${suffix}';
    GRANT CONNECT ON DATABASE ${database.name} TO ${login};
    CREATE ROLE ${role} NOLOGIN;
    GRANT ${role} TO ${login} WITH INHERIT FALSE, SET TRUE;
    CREATE SCHEMA ${role} AUTHORIZATION ${role};
    CREATE TABLE reject (
      id bigint GENERATED ALWAYS AS IDENTITY, organization_id uuid NOT NULL, arrival_id uuid NOT NULL,
      ingest_run_id uuid NOT NULL, line_number bigint NOT NULL, column_name text, code text NOT NULL, value text,
      details jsonb NOT NULL
    );
    GRANT INSERT ON reject TO ${login}`);

  const clients: Client[] = [];
  const connect = async () => {
    const url = new URL(database.superuserUrl);
    url.username = login;
    url.password = suffix;
    const client = new Client({ connectionString: url.href });
    await client.connect();
    clients.push(client);
    return client;
  };
  return {
    client: await connect(),
    superuser,
    target,
    connect,
    async drop() {
      await Promise.all(clients.map((client) => client.end()));
      await superuser.query(`DROP TABLE reject; DROP OWNED BY ${login} CASCADE; DROP OWNED BY ${role} CASCADE`);
      await superuser.query(`DROP ROLE ${login}; DROP ROLE ${role}`);
      await superuser.end();
      await database.drop();
    },
  };
}
