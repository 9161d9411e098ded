import { createHmac, randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { migrateDatabase } from '../migrate-database.ts';
import { type DatabaseUrls, provisionDatabase, type RolePasswords } from '../provision-database.ts';

export interface MigratedDatabase extends DatabaseUrls {
  name: string;
  superuser: string;
  drop(): Promise<void>;
}

const template = 'hikyaku_template';

/**
 * A migrated database of its own for one test file: a copy of a template that the first caller of a run migrates.
 * All callers of one cluster derive the same role passwords, since roles belong to the cluster.
 */
export async function migratedDatabase(superuserUrl: string): Promise<MigratedDatabase> {
  const passwords = passwordsOf(superuserUrl);
  const admin = new Client(superuserUrl);
  await admin.connect();
  try {
    // Held by one caller at a time: the others wait until the template is migrated and nobody is connected to it.
    await admin.query(`SELECT pg_advisory_lock(hashtext('hikyaku.template'))`);
    const { rowCount } = await admin.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [template]);
    if (rowCount === 0) {
      const urls = await provisionDatabase({ superuserUrl, database: template, passwords });
      await migrateDatabase(urls.owner);
      await admin.query(`ALTER DATABASE ${template} WITH IS_TEMPLATE true`);
    }
    const name = `test_${randomBytes(6).toString('hex')}`;
    const urls = await provisionDatabase({ superuserUrl, database: name, passwords, template });
    const superuser = new URL(superuserUrl);
    superuser.pathname = `/${name}`;
    return { ...urls, name, superuser: superuser.href, drop: () => dropDatabase(superuserUrl, name) };
  } finally {
    await admin.end();
  }
}

function passwordsOf(superuserUrl: string): RolePasswords {
  const derive = (role: string) => createHmac('sha256', new URL(superuserUrl).password).update(role).digest('hex');
  return { owner: derive('owner'), app: derive('app'), auth: derive('auth'), jobs: derive('jobs') };
}

async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  const client = new Client(superuserUrl);
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
