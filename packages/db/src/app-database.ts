import { PrismaPg } from '@prisma/adapter-pg';
import { createPool } from './create-pool.ts';
import { type Prisma, PrismaClient } from './generated/prisma/client.ts';

/** In whose name a transaction runs. Row-level security lets it see that organization and nothing else. */
export interface OrganizationScope {
  organizationId: string;
  /** The person or the API token that acts; null for a process of ours. */
  actorId: string | null;
}

export type AppTransaction = Prisma.TransactionClient;

export interface AppDatabase {
  inOrganization<T>(scope: OrganizationScope, work: (transaction: AppTransaction) => Promise<T>): Promise<T>;
  /** Sees what belongs to no organization, and only that. */
  asPlatform<T>(work: (transaction: AppTransaction) => Promise<T>): Promise<T>;
  /** Whose token it is, by its hash; undefined where it is none that works now. */
  findApiToken(tokenHash: string): Promise<{ apiTokenId: string; organizationId: string } | undefined>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A burst waits for its turn: Prisma's own 2 s turn away what a busy minute could still answer. */
const patience = { maxWait: 10_000 };

/** No statement and no transaction of the application takes so long: one that does has a server that says nothing. */
const mostSecondsHeld = 30;

/** The application's database under the `hikyaku_app` role. There is no way to a row but through a scope. */
export function createAppDatabase(options: { url: string; maxConnections?: number }): AppDatabase {
  const pool = createPool({ url: options.url, maxConnections: options.maxConnections ?? 10, mostSecondsHeld });
  const adapter = new PrismaPg(pool, { disposeExternalPool: true });
  const prisma = new PrismaClient({ adapter });
  return {
    inOrganization(scope, work) {
      return prisma.$transaction(async (transaction) => {
        // Local to the transaction: a pooled connection that comes back, even after an error, carries nothing.
        await transaction.$queryRaw`
          SELECT set_config('hikyaku.organization_id', ${scope.organizationId}, true),
                 set_config('hikyaku.actor_id', ${scope.actorId ?? ''}, true)`;
        return work(transaction);
      }, patience);
    },
    asPlatform(work) {
      return prisma.$transaction(async (transaction) => {
        await transaction.$executeRaw`SET LOCAL ROLE hikyaku_platform`;
        return work(transaction);
      });
    },
    async findApiToken(tokenHash) {
      const [found] = await prisma.$queryRaw<{ apiTokenId: string; organizationId: string }[]>`
        SELECT api_token_id AS "apiTokenId", organization_id AS "organizationId" FROM find_api_token(${tokenHash})`;
      return found;
    },
    async ping() {
      await prisma.$queryRaw`SELECT 1`;
    },
    close: () => prisma.$disconnect(),
  };
}
