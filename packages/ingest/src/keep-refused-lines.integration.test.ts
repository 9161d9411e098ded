import { setTimeout as delay } from 'node:timers/promises';
import { HikyakuError, tableDefinition } from '@hikyaku/types';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chunksOf } from '../test/take-in.ts';
import { type TestOrganization, testOrganization } from '../test/test-organization.ts';
import { keepRefusedLines, type KeepRefusedLinesOptions, stageObject, stagingTableName } from './index.ts';

const definition = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'name', type: 'text' },
  ],
  primaryKey: ['id'],
  rejectLimit: 100_000,
});
const stagingTable = stagingTableName('0b9f6f0e-6f3c-4a7e-9c55-1f2e3d4c5b6a');
const file = `id,name\n1,a\n2\n${'3,c\n'.repeat(1_000)}4\n5,e\n`;

let organization: TestOrganization;

beforeEach(async () => {
  organization = await testOrganization();
});

afterEach(() => organization.drop());

async function keep(text: string, options: Partial<KeepRefusedLinesOptions> = {}) {
  const { client, target, superuser } = organization;
  await stageObject({ client, target, definition, stagingTable, source: chunksOf(text) });
  const form = await keepRefusedLines({
    client,
    target,
    definition,
    stagingTable,
    source: chunksOf(text, 1_000),
    ...options,
  });
  const { rows } = await superuser.query<{ line: string; raw: Buffer | null }>(
    `SELECT line_number AS line, raw FROM "${target.schema}"."${stagingTable}_lines" ORDER BY 1`,
  );
  return { form, lines: rows.map(({ line, raw }) => [Number(line), raw?.toString() ?? null]) };
}

test('the refused lines are kept with the header, and the form of the file is told', async () => {
  const { form, lines } = await keep(file);
  expect(form).toEqual({
    format: 'csv',
    header: Buffer.from('id,name'),
    encoding: 'utf-8',
    byteOrderMark: false,
    newline: '\n',
    delimiter: ',',
  });
  expect(lines).toEqual([
    [3, '2'],
    [1_004, '4'],
  ]);
});

test('the source is read no further than the last of them, and closed', async () => {
  let read = 0;
  let closed = false;
  async function* source() {
    try {
      for await (const chunk of chunksOf(file + 'x'.repeat(1_000_000), 100)) {
        read += chunk.length;
        yield chunk;
      }
    } finally {
      closed = true;
    }
  }
  await keep(file, { source: source() });
  expect(read).toBeLessThan(file.length + 200);
  expect(closed).toBe(true);
});

test('a source slower than the server lets a transaction idle is no fault', async () => {
  await organization.client.query(`SET idle_in_transaction_session_timeout = '100ms'`);
  async function* slow() {
    for await (const chunk of chunksOf(file, 1_500)) {
      await delay(150);
      yield chunk;
    }
  }
  const { lines } = await keep(file, { source: slow() });
  expect(lines).toHaveLength(2);
});

test('more lines than are looked up or written at a time are all kept, once and in order', async () => {
  const many = `id,name\n${Array.from({ length: 12_000 }, (_, i) => `${i}\n`).join('')}`;
  const { lines } = await keep(many);
  expect(lines).toEqual(Array.from({ length: 12_000 }, (_, i) => [i + 2, String(i)]));
});

test('long lines, and lines beyond what is kept of one file, are told without their bytes', async () => {
  const text = `id,name\n${'a'.repeat(60)}\n${'b'.repeat(40)}\n${'c'.repeat(40)}\nd\n`;
  const { lines } = await keep(text, { limits: { longestLineBytes: 50, mostBytes: 60 } });
  expect(lines).toEqual([
    [2, null],
    [3, 'b'.repeat(40)],
    [4, null],
    [5, 'd'],
  ]);
});

test('content that does not have the lines is an error, and so is a stop', async () => {
  await expect(keep(file, { source: chunksOf(file.slice(0, 100)) })).rejects.toMatchObject({ code: 'staging-lost' });
  const { client, target } = organization;
  const stopped = new HikyakuError('claim-lost');
  await expect(
    keepRefusedLines({
      client,
      target,
      definition,
      stagingTable,
      source: chunksOf(file),
      signal: AbortSignal.abort(stopped),
    }),
  ).rejects.toBe(stopped);
  expect(client.getTransactionStatus()).toBe('I');
});
