import { PrismaPg } from '@prisma/adapter-pg';
import { createPool } from './create-pool.ts';
import { PrismaClient } from './generated/prisma/client.ts';

export type AuthDatabase = PrismaClient;

/** The login tables under the `hikyaku_auth` role, which can read nothing else. */
export function createAuthDatabase(options: { url: string; maxConnections?: number }): AuthDatabase {
  const pool = createPool({ url: options.url, maxConnections: options.maxConnections ?? 5, mostSecondsHeld: 30 });
  return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
}
