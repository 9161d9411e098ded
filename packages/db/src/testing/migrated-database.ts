import { createHash, createHmac, randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';
import { migrateDatabase } from '../migrate-database.ts';
import { type DatabaseUrls, provisionDatabase, type RolePasswords } from '../provision-database.ts';

export interface MigratedDatabase extends DatabaseUrls {
  name: string;
  superuser: string;
  drop(): Promise<void>;
}

const migrationsFolder = new URL('../../prisma/migrations/', import.meta.url);

/**
 * A migrated database of its own for one test file: a copy of a template that the first caller of a run migrates.
 * All callers of one cluster derive the same role passwords, since roles belong to the cluster.
 */
export async function migratedDatabase(superuserUrl: string): Promise<MigratedDatabase> {
  const passwords = passwordsOf(superuserUrl);
  const template = await templateName();
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

/** Of these very migrations: a cluster that runs for days gets a new template when one of them changes. */
async function templateName(): Promise<string> {
  const names = (await readdir(migrationsFolder, { recursive: true })).filter((name) => name.endsWith('.sql'));
  const hash = createHash('sha256');
  for (const name of names.toSorted()) hash.update(name).update(await readFile(new URL(name, migrationsFolder)));
  return `hikyaku_template_${hash.digest('hex').slice(0, 12)}`;
}

function passwordsOf(superuserUrl: string): RolePasswords {
  const derive = (role: string) => createHmac('sha256', new URL(superuserUrl).password).update(role).digest('hex');
  return { owner: derive('owner'), app: derive('app'), auth: derive('auth'), jobs: derive('jobs') };
}

async function dropDatabase(superuserUrl: string, name: string): Promise<void> {
  const client = new Client(superuserUrl);
  await client.connect();
  try {
    // A pool that was told to end has connections for a moment longer: cut off, they would fail a test that is over.
    for (let looks = 0; looks < 40; looks += 1) {
      const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE datname = $1', [name]);
      if (rowCount === 0) break;
      await setTimeout(25);
    }
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
