import { createAppDatabase, createAuthDatabase } from '@hikyaku/db';
import { Pool } from 'pg';
import { z } from 'zod';
import { makeDemo } from './make-demo.ts';

// Run by the launcher after the first start of embedded parts; prints the logins as JSON, which is kept nowhere.
const env = z
  .object({
    DATABASE_OWNER_URL: z.url(),
    DATABASE_URL: z.url(),
    AUTH_DATABASE_URL: z.url(),
  })
  .parse(process.env);

const app = createAppDatabase({ url: env.DATABASE_URL, maxConnections: 2 });
const authDatabase = createAuthDatabase({ url: env.AUTH_DATABASE_URL, maxConnections: 2 });
const pool = new Pool({ connectionString: env.DATABASE_URL, max: 1 });
try {
  const logins = await makeDemo({ ownerUrl: env.DATABASE_OWNER_URL, app, authDatabase, pool });
  process.stdout.write(`${JSON.stringify(logins)}\n`);
} finally {
  await Promise.all([app.close(), authDatabase.$disconnect(), pool.end()]);
}
