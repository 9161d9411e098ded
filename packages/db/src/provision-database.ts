import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** Passwords of the login roles. Roles belong to the whole cluster: all databases of one cluster share them. */
export interface RolePasswords {
  owner: string;
  app: string;
  auth: string;
  jobs: string;
}

/** One URL per role; a process is given only those it needs. */
export interface DatabaseUrls {
  /** Migrations, and making organizations. */
  owner: string;
  /** api and worker: no table of `auth`, and row-level security on everything else. */
  app: string;
  /** The login tables alone. */
  auth: string;
  /** The job queue's schema alone. */
  jobs: string;
}

const loginRoles = {
  owner: { name: 'hikyaku_owner', attributes: 'CREATEROLE' },
  app: { name: 'hikyaku_app', attributes: '' },
  auth: { name: 'hikyaku_auth', attributes: '' },
  jobs: { name: 'hikyaku_jobs', attributes: '' },
} as const satisfies Record<keyof RolePasswords, { name: string; attributes: string }>;

const roleNames = ['owner', 'app', 'auth', 'jobs'] as const satisfies (keyof RolePasswords)[];

/**
 * Makes the roles and an empty database owned by `hikyaku_owner`, or brings passwords up to date where they exist.
 * Run as a superuser (or RDS's master user) before the first migration; harmless to run again.
 */
export async function provisionDatabase(options: {
  superuserUrl: string;
  database: string;
  passwords: RolePasswords;
  /** A migrated database to copy instead of an empty one; nobody may be connected to it. */
  template?: string;
}): Promise<DatabaseUrls> {
  const { superuserUrl, database, passwords } = options;
  await withClient(atDatabase(superuserUrl, 'postgres'), async (client) => {
    // Roles are the cluster's: two databases made at the same time must not race for them.
    await client.query(`SELECT pg_advisory_lock(hashtext('hikyaku.provision'))`);
    for (const role of roleNames) await ensureLoginRole(client, role, passwords[role]);
    await ensureRole(client, 'hikyaku_platform', 'NOLOGIN');
    await client.query(`GRANT hikyaku_platform TO hikyaku_app WITH INHERIT FALSE, SET TRUE`);
    await ensureDatabase(client, database, options.template);
    await client.query(`SELECT pg_advisory_unlock(hashtext('hikyaku.provision'))`);
  });
  await withClient(atDatabase(superuserUrl, database), async (client) => {
    const name = escapeIdentifier(database);
    await client.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${name} TO hikyaku_app, hikyaku_auth, hikyaku_jobs`);
    // BullMQ says CREATE SCHEMA IF NOT EXISTS at each start, which needs the right even where the schema is there.
    await client.query(`GRANT CREATE ON DATABASE ${name} TO hikyaku_owner, hikyaku_jobs`);
    await client.query(`ALTER SCHEMA public OWNER TO hikyaku_owner`);
    await client.query(`CREATE SCHEMA IF NOT EXISTS bullmq AUTHORIZATION hikyaku_jobs`);
  });
  return databaseUrls(superuserUrl, database, passwords);
}

/** The URLs of a database that was provisioned before. */
export function databaseUrls(superuserUrl: string, database: string, passwords: RolePasswords): DatabaseUrls {
  const urlOf = (role: keyof RolePasswords) => {
    const url = new URL(atDatabase(superuserUrl, database));
    url.username = loginRoles[role].name;
    url.password = passwords[role];
    return url.href;
  };
  return { owner: urlOf('owner'), app: urlOf('app'), auth: urlOf('auth'), jobs: urlOf('jobs') };
}

async function ensureLoginRole(client: Client, role: keyof RolePasswords, password: string): Promise<void> {
  const { name, attributes } = loginRoles[role];
  await ensureRole(client, name, `LOGIN NOBYPASSRLS ${attributes}`);
  await client.query(`ALTER ROLE ${name} PASSWORD ${escapeLiteral(password)}`);
}

async function ensureRole(client: Client, name: string, attributes: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name]);
  if (rowCount === 0) await client.query(`CREATE ROLE ${name} ${attributes}`);
}

async function ensureDatabase(client: Client, database: string, template?: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (rowCount !== 0) return;
  const source = template ? ` TEMPLATE ${escapeIdentifier(template)}` : '';
  await client.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER hikyaku_owner${source}`);
}

async function withClient(url: string, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

function atDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
