import { tableDefinition } from '@hikyaku/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { leftBehind, rejectLines, takeIn, targetRows } from '../test/take-in.ts';
import { type TestOrganization, testOrganization } from '../test/test-organization.ts';

const definition = tableDefinition.parse({
  columns: [
    { name: 'id', header: '番号', type: 'integer' },
    { name: 'name', type: 'text', required: true, maxLength: 5 },
    { name: 'amount', type: 'number' },
    { name: 'active', type: 'boolean' },
    { name: 'day', type: 'date' },
    { name: 'at', type: 'timestamp' },
  ],
  primaryKey: ['id'],
});
const header = '番号,name,amount,active,day,at\n';
const simple = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'name', type: 'text' },
  ],
  primaryKey: ['id'],
});

let organization: TestOrganization;

beforeEach(async () => {
  organization = await testOrganization();
});

afterEach(async () => {
  expect(await leftBehind(organization)).toEqual([]);
  await organization.drop();
});

describe('values', () => {
  test('each usual way to write one is read as people mean it', async () => {
    const file = [
      '1,a,1.50,true,2026-11-21,2026-11-21T10:00:00+09:00',
      '2,a,-0.5,F,2026/1/5,2026/1/5 9:05',
      '+3,a,.5e1,YES,2024-02-29,2026-11-21 10:00:00.123456Z',
      '0004,a,7.,0,"2026-12-31","2026-11-21 23:59:59 -0330"',
      '5,"a",,,,',
      '-6,"",1,1,"",',
    ];
    const counts = await takeIn(organization, definition, header + file.join('\n'));
    expect(counts).toEqual({ read: 6, inserted: 5, updated: 0, unchanged: 0, repeated: 0, rejected: 1, deleted: 0 });
    expect(await targetRows(organization)).toEqual([
      {
        id: '1',
        name: 'a',
        amount: '1.50',
        active: 'true',
        day: '2026-11-21',
        at: '2026-11-21T01:00:00+00:00',
        _source_position: '1',
      },
      {
        id: '2',
        name: 'a',
        amount: '-0.5',
        active: 'false',
        day: '2026-01-05',
        at: '2026-01-05T00:05:00+00:00',
        _source_position: '1',
      },
      {
        id: '3',
        name: 'a',
        amount: '5',
        active: 'true',
        day: '2024-02-29',
        at: '2026-11-21T10:00:00.123456+00:00',
        _source_position: '1',
      },
      {
        id: '4',
        name: 'a',
        amount: '7',
        active: 'false',
        day: '2026-12-31',
        at: '2026-11-22T03:29:59+00:00',
        _source_position: '1',
      },
      { id: '5', name: 'a', amount: null, active: null, day: null, at: null, _source_position: '1' },
    ]);
    expect(await rejectLines(organization)).toEqual(['7 name required']);
  });

  test('a timestamp without an offset is read in the zone given', async () => {
    await takeIn(organization, definition, `${header}1,a,,,,2026-07-01 12:00:00`, { timeZone: 'Europe/Paris' });
    expect(await targetRows(organization)).toMatchObject([{ at: '2026-07-01T10:00:00+00:00' }]);
  });

  const refused: [column: string, code: string, values: string[]][] = [
    [
      '番号',
      'not-integer',
      ['x', '1.0', '0x10', '1_000', '１２', ' 1', '1 ', '1e3', "1'; DROP TABLE reject; --", '−1', '٣'],
    ],
    ['番号', 'out-of-range', ['9223372036854775808', '-9223372036854775809', '1'.repeat(101)]],
    [
      'amount',
      'not-number',
      ['NaN', 'Infinity', '-Infinity', 'inf', '1_000', '0x1F', '１.5', '1.5.', '--1', '.', 'e5', '¥100'],
    ],
    ['amount', 'out-of-range', ['1e1000', '1e-131000', '9'.repeat(101)]],
    ['active', 'not-boolean', ['tr', 'on', 'off', 'y', '2', 'ＴＲＵＥ', 'はい']],
    [
      'day',
      'not-date',
      [
        'now',
        'today',
        'infinity',
        '-infinity',
        'epoch',
        '2026-02-30',
        '2025-02-29',
        '2026-13-01',
        '0000-01-01',
        '2026-11/21',
        '26-11-21',
        '20261121',
        '21.11.2026',
        '２０２６-11-21',
        '2026-11-21 BC',
        '12026-01-01',
        '令和8年11月21日',
        '2026-11-21T00:00:00',
      ],
    ],
    [
      'at',
      'not-timestamp',
      [
        'now',
        'allballs',
        'infinity',
        '2026-11-21',
        '2026-11-21 24:00:00',
        '2026-11-21 10:60',
        '2026-11-21 10:00:60',
        '2026-11-21 10:00:00+99:00',
        '2026-11-21 10:00:00 JST',
        '2026-11-21 10:00:00.1234567',
        '2026-02-29 10:00:00',
        '10:00',
      ],
    ],
  ];

  test.each(refused)('%s, %s: exactly the bad cells are refused, each with its line', async (column, code, values) => {
    const columns = ['番号', 'name', 'amount', 'active', 'day', 'at'];
    const lines = values.flatMap((value, i) => {
      const quoted = `"${value.replaceAll('"', '""')}"`;
      const good = `${i + 1},a,,,,`;
      return [
        good,
        columns.map((name) => (name === column ? quoted : ({ 番号: '0', name: 'a' }[name] ?? ''))).join(','),
      ];
    });
    const counts = await takeIn(organization, definition, header + lines.join('\r\n'));
    expect(counts).toMatchObject({ read: 2 * values.length, inserted: values.length, rejected: values.length });
    expect(await rejectLines(organization)).toEqual(
      values.map((value, i) => `${2 * i + 3} ${column} ${code} ${value}`),
    );
  });

  test('each offending cell of a row has its reject, and the row counts once', async () => {
    const counts = await takeIn(organization, definition, `${header}x,,y,z,today,now\n1,abcdef,,,,\n2,🗻🗻🗻🗻🗻,,,,`);
    expect(counts).toMatchObject({ read: 3, inserted: 1, rejected: 2 });
    expect(await rejectLines(organization)).toEqual([
      '2 番号 not-integer x',
      '2 name required',
      '2 amount not-number y',
      '2 active not-boolean z',
      '2 day not-date today',
      '2 at not-timestamp now',
      '3 name too-long abcdef {"found": 6, "maxLength": 5}',
    ]);
  });

  test('a reject names the header cell of the file, and shortens a long value', async () => {
    const file = `name,ｉｄ \n${'𠮷'.repeat(300)},x${'y'.repeat(300)}`;
    await takeIn(organization, simple, file);
    expect(await rejectLines(organization)).toEqual([`2 ｉｄ not-integer x${'y'.repeat(198)}…`]);
  });

  test('a text key too long for an index is refused, not the file', async () => {
    const byName = tableDefinition.parse({ ...simple, primaryKey: ['name', 'id'] });
    // Without repetition, or PostgreSQL would compress it under its limit.
    const long = Array.from({ length: 300 }, (_, i) => (i * 7919 + 104729).toString(36)).join('') + '漢'.repeat(200);
    const counts = await takeIn(organization, byName, `id,name\n1,${long}\n2,b`);
    expect(counts).toMatchObject({ inserted: 1, rejected: 1 });
  });
});

describe('hostile files', () => {
  test('faults of form refuse their lines alone, with line, column and cell', async () => {
    const file = Buffer.concat([
      Buffer.from('id,name\r\n1,"a\r\nb ""c"""\n2,a"b\n\n"3"x,c\n4\n5,a,b\n6,a\0b\n7,'),
      Buffer.from([0x8a, 0xbf]),
      Buffer.from('\n8,a\rb\n9,\\.\n\\.\n10,"\n\\.\n"\n11,🗻𠮷'),
    ]);
    for (const chunkBytes of [1, 7, 65_536]) {
      await organization.superuser.query('TRUNCATE reject');
      const counts = await takeIn(organization, simple, file, { chunkBytes });
      expect(counts).toMatchObject({ read: 13, rejected: 8 });
      expect(await rejectLines(organization)).toEqual([
        '4 name stray-quote a"b',
        '6 id stray-quote "3"x',
        '7 - wrong-column-count 4 {"found": 1, "expected": 2}',
        '8 - wrong-column-count 5,a,b {"found": 3, "expected": 2}',
        '9 name nul-character a␀b',
        '10 name invalid-encoding \uFFFD\uFFFD',
        '12 - wrong-column-count b {"found": 1, "expected": 2}',
        '14 - wrong-column-count \\. {"found": 1, "expected": 2}',
      ]);
    }
    expect((await targetRows(organization)).map((row) => [row['id'], row['name']])).toEqual([
      ['1', 'a\r\nb "c"'],
      ['8', 'a'],
      ['9', '\\.'],
      ['10', '\n\\.\n'],
      ['11', '🗻𠮷'],
    ]);
  });

  test('SQL in cells, and in headers nobody asked for, is text', async () => {
    const sql = `'; DROP TABLE reject; -- $$ \\' E'\\x00' {"a"}`;
    const file = `"${sql.replaceAll('"', '""')}",id,name\nx,1,"${sql.replaceAll('"', '""')}"`;
    expect(await takeIn(organization, simple, file)).toMatchObject({ inserted: 1, rejected: 0 });
    expect(await targetRows(organization)).toMatchObject([{ name: sql }]);
  });

  test('SQL in the header of a column of the dataset is text', async () => {
    const headerCell = `na'me"; DROP TABLE reject; --\\`;
    const hostile = tableDefinition.parse({
      columns: [simple.columns[0], { name: 'select', header: headerCell, type: 'integer' }],
      primaryKey: ['id'],
    });
    const file = `id,"${headerCell.replaceAll('"', '""')}"\n1,x\n2,2`;
    expect(await takeIn(organization, hostile, file)).toMatchObject({ inserted: 1, rejected: 1 });
    expect(await rejectLines(organization)).toEqual([`2 ${headerCell} not-integer x`]);
  });

  test('more rejects than the dataset tolerates are all counted, and not all stored', async () => {
    const strict = tableDefinition.parse({ ...simple, rejectLimit: 10 });
    const lines = Array.from({ length: 5_000 }, (_, i) => `x${i},a\n${i}\n${i},a\n`);
    const counts = await takeIn(organization, strict, `id,name\n${lines.join('')}`);
    expect(counts).toMatchObject({ read: 15_000, rejected: 10_000, inserted: 5_000 });
    expect((await rejectLines(organization)).length).toBe(22);
  });

  test('many structural rejects between rows lose no row', async () => {
    const tolerant = tableDefinition.parse({ ...simple, rejectLimit: 100_000 });
    const lines = Array.from({ length: 4_500 }, (_, i) => `${i},a\n${i}\n`);
    const counts = await takeIn(organization, tolerant, `id,name\n${lines.join('')}`);
    expect(counts).toMatchObject({ read: 9_000, rejected: 4_500, inserted: 4_500 });
    expect((await rejectLines(organization)).length).toBe(4_500);
  });
});

describe('merging', () => {
  test('the same file again changes nothing', async () => {
    const file = `${header}1,a,1.5,true,2026-11-21,2026-11-21 10:00:00\n2,b,,,,\n`;
    expect(await takeIn(organization, definition, file)).toMatchObject({ inserted: 2, updated: 0, unchanged: 0 });
    const before = await rowVersions();
    expect(await takeIn(organization, definition, file, { position: 2n })).toMatchObject({
      inserted: 0,
      updated: 0,
      unchanged: 2,
    });
    expect(await rowVersions()).toEqual(before);
  });

  test('rows that differ are updated, to no value and from none too; missing ones are inserted', async () => {
    await takeIn(organization, simple, 'id,name\n1,a\n2,\n3,c\n4,d');
    const counts = await takeIn(organization, simple, 'name,id\nA,1\nb,2\n,3\nd,4\ne,5', { position: 2n });
    expect(counts).toEqual({ read: 5, inserted: 1, updated: 3, unchanged: 1, repeated: 0, rejected: 0, deleted: 0 });
    expect((await targetRows(organization)).map((row) => [row['name'], row['_source_position']])).toEqual([
      ['A', '2'],
      ['b', '2'],
      [null, '2'],
      ['d', '1'],
      ['e', '2'],
    ]);
  });

  test('the last line of a repeated key wins, however the key is written; a refused line is no line', async () => {
    const byDay = tableDefinition.parse({
      columns: [
        { name: 'day', type: 'date' },
        { name: 'price', type: 'number' },
        { name: 'count', type: 'integer' },
      ],
      primaryKey: ['day', 'price'],
    });
    const file =
      'day,price,count\n2026-01-05,1.0,1\n2026/1/5,1,2\n2026-01-05,1.00,3\n2026-01-05,1.5,4\n2026-01-05,1.0,x';
    const counts = await takeIn(organization, byDay, file);
    expect(counts).toEqual({ read: 5, inserted: 2, updated: 0, unchanged: 0, repeated: 2, rejected: 1, deleted: 0 });
    expect((await targetRows(organization)).map((row) => row['count'])).toEqual(['3', '4']);
  });

  test('an older file never overwrites newer rows, and still adds the missing ones', async () => {
    await takeIn(organization, simple, 'id,name\n1,new', { position: 10n });
    const counts = await takeIn(organization, simple, 'id,name\n1,old\n2,old', { position: 5n });
    expect(counts).toEqual({ read: 2, inserted: 1, updated: 0, unchanged: 1, repeated: 0, rejected: 0, deleted: 0 });
    expect((await targetRows(organization)).map((row) => [row['name'], row['_source_position']])).toEqual([
      ['new', '10'],
      ['old', '5'],
    ]);
  });

  test('a table of keys alone is merged too', async () => {
    const keysOnly = tableDefinition.parse({ columns: [simple.columns[0]], primaryKey: ['id'] });
    await takeIn(organization, keysOnly, 'id\n1\n');
    expect(await takeIn(organization, keysOnly, 'id\n1\n\n2', { position: 2n })).toMatchObject({
      inserted: 1,
      unchanged: 1,
    });
  });

  test('a header without rows is a file of no rows', async () => {
    expect(await takeIn(organization, simple, 'id,name')).toMatchObject({ read: 0, inserted: 0 });
  });

  test.each([
    ['emptied as by a crash', 'TRUNCATE'],
    ['one row short', 'DELETE FROM'],
  ])('staging that was %s is noticed, and nothing changes', async (_, statement) => {
    await takeIn(organization, simple, 'id,name\n1,a');
    const before = await rowVersions();
    const merging = takeIn(organization, simple, 'id,name\n1,b\n2,c', {
      position: 2n,
      async beforeMerge(stagingTable) {
        const where = statement === 'TRUNCATE' ? '' : 'WHERE "_line_number" = 2';
        await organization.superuser.query(`${statement} ${organization.target.schema}.${stagingTable} ${where}`);
      },
    });
    await expect(merging).rejects.toMatchObject({ code: 'staging-lost', retriable: true });
    expect(await rowVersions()).toEqual(before);
  });

  test('rejects lost in a crash are noticed', async () => {
    const merging = takeIn(organization, simple, 'id,name\nx,a', {
      async beforeMerge(stagingTable) {
        await organization.superuser.query(`TRUNCATE ${organization.target.schema}.${stagingTable}_rejects`);
      },
    });
    await expect(merging).rejects.toMatchObject({ code: 'staging-lost', retriable: true });
  });
});

/** Where each row lies: an update moves it, even one that changes no value. */
async function rowVersions(): Promise<unknown[]> {
  const { superuser, target } = organization;
  const table = `${target.schema}.${superuser.escapeIdentifier(target.table)}`;
  return (await superuser.query(`SELECT ctid, xmin, * FROM ${table} ORDER BY 1`)).rows;
}
