import { defineConfig } from 'prisma/config';

// `generate` needs no database; `migrate` is always given the owner's URL.
// Prisma asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_OWNER_URL'] ?? 'postgresql://nobody@127.0.0.1:1/none' },
});
