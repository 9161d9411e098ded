import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/prisma/client.ts';

export type AuthDatabase = PrismaClient;

/** The login tables under the `hikyaku_auth` role, which can read nothing else. */
export function createAuthDatabase(options: { url: string; maxConnections?: number }): AuthDatabase {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: options.url, max: options.maxConnections ?? 5 }),
  });
}
