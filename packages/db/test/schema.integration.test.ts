import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { arrivalState, ingestRunState, organizationRole, timelineEntry, uploadState } from '@hikyaku/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testLedger, type TestLedger } from './test-ledger.ts';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const run = promisify(execFile);

let ledger: TestLedger;

beforeAll(async () => {
  ledger = await testLedger();
});
afterAll(() => ledger.close());

describe('the migrated database', () => {
  test('is what the schema says: prisma migrate diff finds nothing to do', async () => {
    expect(await diffToSchema('prisma/schema.prisma')).toMatch(/^\s*-- This is an empty migration\.\s*$/m);
  });

  test('would be told from a schema that says more', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hikyaku-schema-'));
    const schema = await readFile(join(packageFolder, 'prisma/schema.prisma'), 'utf8');
    await writeFile(join(folder, 'more.prisma'), schema.replace('model Reject {', 'model Reject {\n  surplus String?'));
    expect(await diffToSchema(join(folder, 'more.prisma'))).toMatch(/ADD COLUMN\s+"surplus" TEXT/);
    await rm(folder, { recursive: true });
  });

  test.each([
    ['upload_state', uploadState.options],
    ['arrival_state', arrivalState.options],
    ['ingest_run_state', ingestRunState.options],
    ['organization_role', organizationRole.options],
    ['timeline_subject', timelineEntry.options.map(({ shape }) => shape.subject.value)],
  ])('knows exactly the values of %s that @hikyaku/types knows', async (name, values) => {
    const { rows } = await ledger.superuser.query<{ label: string }>(
      'SELECT enumlabel AS label FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid WHERE typname = $1 ORDER BY enumsortorder',
      [name],
    );
    expect(rows.map(({ label }) => label)).toEqual(values);
  });
});

async function diffToSchema(schemaFile: string): Promise<string> {
  const args = ['migrate', 'diff', '--from-config-datasource', '--to-schema', schemaFile, '--script'];
  const { stdout } = await run(process.execPath, ['node_modules/prisma/build/index.js', ...args], {
    cwd: packageFolder,
    env: {
      PRISMA_SCHEMA_ENGINE_BINARY: fileURLToPath(new URL('../schema-engine/schema-engine.mjs', import.meta.url)),
      ...process.env,
      DATABASE_OWNER_URL: ledger.database.owner,
    },
  });
  return stdout;
}
