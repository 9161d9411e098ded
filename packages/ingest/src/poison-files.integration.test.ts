import { tableDefinition } from '@hikyaku/types';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { leftBehind, takeIn, targetRows } from '../test/take-in.ts';
import { type TestOrganization, testOrganization } from '../test/test-organization.ts';
import { openContent } from './index.ts';
import { bombFiles, poisonColumns, poisonRows } from './testing/index.ts';

const findKeys = () => Promise.resolve({ identities: [], openPgpKeys: [], passphrases: [] });

let organization: TestOrganization;

beforeAll(async () => {
  organization = await testOrganization();
});

afterEach(async () => {
  const { superuser, target } = organization;
  await superuser.query(`TRUNCATE reject, "${target.schema}"."${target.table.replaceAll('"', '""')}"`);
});

afterAll(() => organization.drop());

const files = [...poisonRows(), ...bombFiles({ longLineBytes: 30 * 1024 ** 2 })];

test.each(files.map((file) => [file.name, file] as const))('%s', async (_, { format, rules, content, outcome }) => {
  const definition = tableDefinition.parse({ format, ...rules, columns: poisonColumns, primaryKey: ['id'] });
  const { maxContentBytes } = definition;
  async function* source() {
    yield* content();
  }
  const opened = await openContent(source(), { fileName: 'a', findKeys, maxContentBytes }).catch((error: unknown) => ({
    error,
  }));
  const taken = 'error' in opened ? Promise.reject(opened.error) : takeIn(organization, definition, opened.content);
  if ('code' in outcome) {
    await expect(taken).rejects.toMatchObject({ code: outcome.code });
    expect(await targetRows(organization)).toEqual([]);
  } else {
    await taken;
    const rows = await targetRows(organization);
    const cells = rows.map((row) => [Number(row['id']), row['name'], Number(row['amount'])]);
    expect(cells).toEqual(outcome.rows);
    const { rows: rejects } = await organization.superuser.query<{ line: string; code: string }>(
      'SELECT line_number AS line, code FROM reject ORDER BY line_number',
    );
    expect(rejects.map(({ line, code }) => [Number(line), code])).toEqual(outcome.rejects);
  }
  expect(await leftBehind(organization)).toEqual([]);
});
