import { seededRandom, type SeededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { type TableDefinition, tableDefinition } from '@hikyaku/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeIn as takeInFile, targetRows } from '../test/take-in.ts';
import { testOrganization, type TestOrganization } from '../test/test-organization.ts';
import { createTargetTable } from './create-target-table.ts';
import { confirmedKeysTable } from './confirmed-keys.ts';
import { qualifiedName } from './target-table.ts';

let organization: TestOrganization;

beforeEach(async () => {
  organization = await testOrganization();
});
afterEach(async () => {
  await organization.drop();
});

const columns = [
  { name: 'id', type: 'integer', required: true },
  { name: 'price', type: 'number', required: true },
  { name: 'name', type: 'text' },
];
const define = (changes: object = {}) => tableDefinition.parse({ columns, primaryKey: ['id'], ...changes });
/** The file that was handed over as the so-many-th. */
const takeIn = (place: number, lines: string, definition: TableDefinition = define()) =>
  takeInFile(organization, definition, `id,price,name\n${lines}`, {
    position: BigInt(place),
    arrivalId: `019a0000-0000-7000-8000-${String(place).padStart(12, '0')}`,
  });
const rows = async () => (await targetRows(organization)).map((row) => `${row['id']},${row['price']},${row['name']}`);

test('an older file that comes late leaves alone what a newer one confirmed, and writes no row to know it', async () => {
  await takeIn(1, '1,1,a\n2,1,b\n3,1,c');
  const before = await rowVersions();
  expect(await takeIn(3, '1,1,a\n2,1,B')).toMatchObject({ updated: 1, unchanged: 1 });
  expect((await rowVersions()).filter((version) => before.includes(version))).toHaveLength(2);
  expect(await takeIn(2, '1,1,late\n2,1,late\n3,1,late\n4,1,late')).toMatchObject({
    read: 4,
    inserted: 1,
    updated: 1,
    unchanged: 2,
  });
  expect(await rows()).toEqual(['1,1,a', '2,1,B', '3,1,late', '4,1,late']);
});

test('what a newer file had refused is not confirmed', async () => {
  await takeIn(1, '1,1,a\n2,1,b');
  expect(await takeIn(3, '1,1,a\n2,one,b')).toMatchObject({ unchanged: 1, rejected: 1 });
  await takeIn(2, '1,1,late\n2,1,late');
  expect(await rows()).toEqual(['1,1,a', '2,1,late']);
});

test('what is rolled back has confirmed nothing', async () => {
  await takeIn(1, '1,1,a');
  await organization.superuser.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$;
    CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON ${target()} DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.id = 9) EXECUTE FUNCTION refuse()`);
  await expect(takeIn(3, '1,1,a\n9,1,z')).rejects.toThrow();
  await takeIn(2, '1,1,late');
  expect(await rows()).toEqual(['1,1,late']);
});

test('where a column orders, a row is confirmed at its value: ties go by the order of the files', async () => {
  const [id, , name] = columns;
  const price = { name: 'price', type: 'integer', required: true };
  const ordered = define({ columns: [id, price, name], order: { by: 'column', column: 'price' } });
  await takeIn(1, '1,5,a\n2,5,b', ordered);
  await takeIn(3, '1,5,a\n2,4,older', ordered);
  await takeIn(2, '1,5,late\n2,5,late', ordered);
  expect(await rows()).toEqual(['1,5,a', '2,5,late']);
  await takeIn(2, '1,6,newer', ordered);
  expect(await rows()).toEqual(['1,6,newer', '2,5,late']);
});

test('keys of several columns, and values written in several ways, are the same key', async () => {
  const definition = define({ primaryKey: ['id', 'price'] });
  await takeIn(1, '1,1.50,a\n1,2,b', definition);
  await takeIn(3, '01,1.5,a', definition);
  await takeIn(2, '1,1.500,late\n1,2.0,late', definition);
  expect(await rows()).toEqual(['1,1.50,a', '1,2,late']);
});

test('after a change of the key an older file is refused, a newer one is not', async () => {
  await takeIn(1, '1,1,a\n2,2,b');
  await takeIn(3, '1,1,a');
  const changed = define({ primaryKey: ['id', 'price'] });
  await organization.client.query('BEGIN');
  await createTargetTable(organization.client, organization.target, changed, { acceptDangerous: true });
  await organization.client.query('COMMIT');
  await expect(takeIn(2, '1,1,late', changed)).rejects.toMatchObject({ code: 'newer-taken-in', retriable: false });
  expect(await takeIn(4, '1,1,newer', changed)).toMatchObject({ updated: 1 });
  expect(await rows()).toEqual(['1,1,newer', '2,2,b']);
});

test('a key whose columns are listed in another order is the same key', async () => {
  const [id, price, name] = columns;
  const primaryKey = ['id', 'price'];
  await takeIn(1, '1,1,a\n2,2,b', define({ primaryKey }));
  await takeIn(3, '1,1,a', define({ primaryKey }));
  await takeIn(2, '1,1,late\n2,2,late', define({ primaryKey, columns: [price, id, name] }));
  expect(await rows()).toEqual(['1,1,a', '2,2,late']);
});

test('dates in names go on under another key, whenever a file comes', async () => {
  const byDate = { order: { by: 'name-date' } };
  const comes = (date: number, comesAs: number, lines: string, definition: TableDefinition) =>
    takeInFile(organization, definition, `id,price,name\n${lines}`, {
      position: BigInt(date),
      arrivalId: `019a0000-0000-7000-8000-${String(comesAs).padStart(12, '0')}`,
    });
  await comes(20_260_101, 1, '1,1,a', define(byDate));
  await comes(20_260_601, 2, '1,1,a', define(byDate));
  const changed = define({ ...byDate, primaryKey: ['id', 'price'] });
  await organization.client.query('BEGIN');
  await createTargetTable(organization.client, organization.target, changed, { acceptDangerous: true });
  await organization.client.query('COMMIT');
  await expect(comes(20_260_301, 3, '1,1,late', changed)).rejects.toMatchObject({ code: 'newer-taken-in' });
  expect(await comes(20_260_701, 4, '1,1,newer', changed)).toMatchObject({ updated: 1 });
});

test("what somebody took out of the table by hand is nobody's any more", async () => {
  await takeIn(1, '1,1,a\n2,1,b');
  await takeIn(3, '1,1,a\n2,1,b');
  await organization.superuser.query(`DELETE FROM ${target()} WHERE id = 1`);
  expect(await takeIn(2, '1,1,late\n2,1,late')).toMatchObject({ inserted: 1, unchanged: 1 });
  expect(await rows()).toEqual(['1,1,late', '2,1,b']);
  await organization.superuser.query(`TRUNCATE ${target()}`);
  await takeIn(2, '1,1,first');
  expect(await takeIn(2, '2,1,second')).toMatchObject({ inserted: 1 });
  expect(await rows()).toEqual(['1,1,first', '2,1,second']);
});

test('a file that has every key of the table confirms it as a whole, for all that are older', async () => {
  await takeIn(1, '1,1,a\n2,1,b');
  await takeIn(4, '1,1,a\n2,1,B');
  await takeIn(6, '1,1,a\n2,1,B');
  expect(await confirmed()).toEqual([{ source_position: '6', is_compact: false, key_count: '0' }]);
  expect(await takeIn(5, '1,1,late\n2,1,late')).toMatchObject({ unchanged: 2 });
  // What an older file adds was not there to be confirmed: a file between the two may change it.
  expect(await takeIn(2, '1,1,late\n9,1,added')).toMatchObject({ inserted: 1, unchanged: 1 });
  expect(await takeIn(3, '2,1,late\n9,1,changed')).toMatchObject({ updated: 1, unchanged: 1 });
  expect(await rows()).toEqual(['1,1,a', '2,1,B', '9,1,changed']);
  expect(await takeIn(7, '9,1,newest')).toMatchObject({ updated: 1 });
});

test('many confirmations are brought down to one for each key, of the newest file that has it', async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `${i},1,a`).join('\n');
  await takeIn(1, `${lines}\n-1,1,once\n-2,1,never`);
  await takeIn(4, `${lines}\n-1,1,once`);
  await takeIn(6, lines);
  const kept = await confirmed();
  expect(kept).toEqual([
    { source_position: '4', is_compact: true, key_count: '1' },
    { source_position: '6', is_compact: true, key_count: '60000' },
  ]);
  await takeIn(3, '0,1,late\n-1,1,late');
  await takeIn(5, '1,1,late\n-1,1,between');
  expect((await rows()).slice(0, 4)).toEqual(['-2,1,never', '-1,1,between', '0,1,a', '1,1,a']);
});

describe('files merged in any order end as if they came in theirs', () => {
  const seed = 20261122;

  test.each([
    ['that upsert', define()],
    [
      'that replace partitions',
      define({ primaryKey: ['id', 'price'], mode: 'replace-partition', partitionBy: ['price'] }),
    ],
  ])('%s', async (_what, definition) => {
    const random = seededRandom(seed);
    for (let round = 0; round < 3; round += 1) {
      const files = Array.from({ length: 5 }, (_, i) => ({ place: i + 1, lines: randomLines(random) }));
      const inOrder = await merged(definition, files);
      for (let time = 0; time < 3; time += 1) {
        const shuffled = random.shuffled(files);
        const told = shuffled.map(({ place, lines }) => `${place}: ${lines.replaceAll('\n', ' ')}`).join('\n');
        expect(await merged(definition, shuffled), `seed ${seed}, round ${round}\n${told}`).toEqual(inOrder);
      }
    }
  });
});

/** What an empty table holds after these files. */
async function merged(definition: TableDefinition, files: { place: number; lines: string }[]): Promise<string[]> {
  for (const { place, lines } of files) await takeIn(place, lines, definition);
  const found = await rows();
  await organization.superuser.query(`DROP TABLE ${target()}; DROP TABLE IF EXISTS ${confirmedTable()}`);
  return found;
}

/** Few keys, in few partitions, with few values: most lines meet others, and what is in one partition may be in another too. */
function randomLines(random: SeededRandom): string {
  return Array.from({ length: 8 }, (_, key) => key)
    .filter(() => random.fraction() < 0.5)
    .map((key) => `${key},${random.integer(0, 2)},${random.fraction() < 0.6 ? 'same' : 'other'}`)
    .join('\n');
}

async function rowVersions(): Promise<string[]> {
  const { rows: versions } = await organization.superuser.query<{ version: string }>(
    `SELECT xmin || ' ' || ctid AS version FROM ${target()}`,
  );
  return versions.map(({ version }) => version);
}

async function confirmed() {
  const { rows: kept } = await organization.superuser.query(
    `SELECT source_position, is_compact, key_count FROM ${confirmedTable()} ORDER BY source_position`,
  );
  return kept;
}

function target(): string {
  return qualifiedName(organization.target.schema, organization.target.table);
}

function confirmedTable(): string {
  return qualifiedName(organization.target.schema, confirmedKeysTable);
}
