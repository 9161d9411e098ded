import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { organizationSchema } from '@hikyaku/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestOrganization, type TestWorld, testWorld } from './test-world.ts';

let world: TestWorld;
let organization: TestOrganization;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

/** What the command printed, and how it ended. */
function run(command: string, file: string, ...options: string[]): Promise<{ code: number; output: string }> {
  const main = join(import.meta.dirname, '../src/datasets/main.ts');
  const args = [main, command, ...options, organization.slug, join(import.meta.dirname, 'datasets', file)];
  const env = { ...process.env, DATABASE_OWNER_URL: world.database.owner };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { env }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, output: stdout + stderr });
    });
  });
}

async function columnsOfTable(): Promise<string[]> {
  const { rows } = await world.superuser.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = $1 AND table_name = 'daily_sales'
      ORDER BY ordinal_position`,
    [organizationSchema(organization.id)],
  );
  return rows.map(({ name }) => name).filter((name) => !name.startsWith('_'));
}

async function definedColumns(): Promise<number> {
  const { rows } = await world.superuser.query<{ count: number }>(
    `SELECT jsonb_array_length(definition->'columns') AS count FROM dataset WHERE organization_id = $1 AND slug = 'daily-sales'`,
    [organization.id],
  );
  return rows[0]?.count ?? 0;
}

test('a dataset is planned, made, changed, and changed dangerously only when that is said', async () => {
  organization = await world.makeOrganization();
  expect(await run('plan', 'sales.ts')).toEqual({ code: 0, output: 'daily-sales: new\n    create the table\n' });
  expect([await columnsOfTable(), await definedColumns()]).toEqual([[], 0]);

  expect(await run('apply', 'sales.ts')).toMatchObject({ code: 0, output: expect.stringContaining('done') });
  expect([await columnsOfTable(), await definedColumns()]).toEqual([['store', 'sold_on', 'amount'], 3]);
  expect((await run('plan', 'sales.ts')).output).toBe('daily-sales: unchanged\n  = table daily_sales fits\n');

  expect((await run('apply', 'sales-with-note.ts')).output).toContain('    add column note text\n  done');
  await world.superuser.query(
    `INSERT INTO ${organizationSchema(organization.id)}.daily_sales VALUES
       ('A', '2026-11-21', 5, 1, '00000000-0000-0000-0000-000000000000', 2, 'x')`,
  );
  const other = 'x order partitions by name-date instead of partitions by arrival';
  expect((await run('plan', 'sales-by-name-date.ts')).output).toContain(other);
  expect(await run('apply', 'sales-by-name-date.ts', '--accept-dangerous')).toMatchObject({ code: 1 });
  for (const command of ['plan', 'apply']) {
    const refused = await run(command, 'sales-without-amount.ts');
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringContaining('! drop column amount and what it holds  (dang'),
    });
    expect([await columnsOfTable(), await definedColumns()]).toEqual([['store', 'sold_on', 'amount', 'note'], 4]);
  }
  expect(await run('apply', 'sales-without-amount.ts', '--accept-dangerous')).toMatchObject({ code: 0 });
  expect([await columnsOfTable(), await definedColumns()]).toEqual([['store', 'sold_on'], 2]);
  const { rows } = await world.superuser.query(
    `SELECT count(*)::int AS n FROM audit_event WHERE action = 'dataset.apply'`,
  );
  expect(rows).toEqual([{ n: 3 }]);
});

test('a dataset from before a rule that it breaks is mended by defining it anew', async () => {
  await world.superuser.query(
    `UPDATE dataset SET definition = jsonb_set(definition, '{primaryKey}', '["store"]') WHERE organization_id = $1 AND slug = 'daily-sales'`,
    [organization.id],
  );
  expect(await run('apply', 'sales-without-amount.ts')).toMatchObject({
    code: 0,
    output: expect.stringContaining('done'),
  });
});

test('what can not be done is said in words', async () => {
  organization = { ...organization, slug: 'nobody' };
  expect(await run('plan', 'sales.ts')).toEqual({ code: 1, output: 'There is no organization nobody.\n' });
  expect((await run('plan', '../test-world.ts')).output).toContain('exports nothing that defineDataset() gives');
  expect((await run('destroy', 'sales.ts')).output).toContain('Usage: datasets plan|apply');
});
