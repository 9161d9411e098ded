import { Client, DatabaseError } from 'pg';
import type { PostgresAddress } from '../embedded-postgres/embedded-postgres.ts';

/** The superuser's URL of a database; `postgres`, the one that always exists, unless named. */
export function superuserUrl(address: PostgresAddress, database = 'postgres'): string {
  return `postgresql://postgres:${address.superuserPassword}@127.0.0.1:${address.port}/${encodeURIComponent(database)}`;
}

const duplicateDatabase = '42P04';

/** Creates the database unless it exists, and returns the superuser's URL of it. */
export async function createDatabase(address: PostgresAddress, name: string): Promise<string> {
  await asSuperuser(address, async (client) => {
    try {
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== duplicateDatabase) throw error;
    }
  });
  return superuserUrl(address, name);
}

/** Drops the database, cutting whoever is still connected; does nothing when it is gone. */
export async function dropDatabase(address: PostgresAddress, name: string): Promise<void> {
  await asSuperuser(address, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
  });
}

async function asSuperuser(address: PostgresAddress, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: superuserUrl(address) });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
