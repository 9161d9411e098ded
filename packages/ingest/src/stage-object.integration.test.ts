import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { encryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';
import { HikyakuError, tableDefinition } from '@hikyaku/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chunksOf, leftBehind } from '../test/take-in.ts';
import { type TestOrganization, testOrganization } from '../test/test-organization.ts';
import {
  dropStaging,
  listStagingTables,
  openContent,
  stageObject,
  type StageObjectOptions,
  stagingTableName,
} from './index.ts';

const definition = tableDefinition.parse({
  columns: [
    { name: 'id', type: 'integer' },
    { name: 'name', type: 'text' },
  ],
  primaryKey: ['id'],
});
const stagingTable = stagingTableName('0b9f6f0e-6f3c-4a7e-9c55-1f2e3d4c5b6a');
const megabyteOfRows = Buffer.from(`1,${'x'.repeat(100)}\n`.repeat(10_000));

let organization: TestOrganization;

beforeEach(async () => {
  organization = await testOrganization();
});

afterEach(async () => {
  await organization.drop();
});

function stage(source: AsyncIterable<Uint8Array>, options: Partial<StageObjectOptions> = {}) {
  const { client, target } = organization;
  return stageObject({ client, target, definition, stagingTable, source, ...options });
}

/** Nothing in the schema, no transaction, no role, no setting: what the next user of the connection must find. */
async function expectUntouched() {
  expect(await leftBehind(organization)).toEqual([]);
  const { rows } = await organization.client.query(
    `SELECT session_user = current_user AS same, current_setting('statement_timeout') AS timeout, pg_current_xact_id_if_assigned() AS xid`,
  );
  expect(rows).toEqual([{ same: true, timeout: '0', xid: null }]);
  expect(organization.client.getTransactionStatus()).toBe('I');
}

test('counts and what was ignored are told, progress on the way', async () => {
  const file = 'id,name,note\n1,a,x\n2\n3,b,y\n';
  const progress: unknown[] = [];
  const staged = await stage(chunksOf(file, 10), { onProgress: (p) => progress.push(p) });
  expect(staged).toEqual({
    rowsRead: 3,
    rowsStaged: 2,
    structuralRejects: 1,
    encoding: 'utf-8',
    ignoredColumns: ['note'],
    headerCells: { id: 'id', name: 'name' },
  });
  expect(progress.at(-1)).toEqual({ rowsRead: 3 });
  expect(await listStagingTables(organization.client, organization.target)).toEqual([stagingTable]);
  await dropStaging({ client: organization.client, target: organization.target, stagingTable });
  await dropStaging({ client: organization.client, target: organization.target, stagingTable });
  await expectUntouched();
});

describe('a file refused as a whole leaves nothing behind', () => {
  const rows = '1,a\n'.repeat(100_000);
  test.each<[string, string | Buffer, object]>([
    ['no byte', '', { code: 'empty-file' }],
    ['blank lines alone', '\n\r\n', { code: 'empty-file' }],
    ['a mark alone', '\uFEFF', { code: 'empty-file' }],
    ['no known column', 'a,b\n1,2', { code: 'missing-columns', details: { columns: 'id', found: 'a, b' } }],
    ['a column twice', 'id,name,id\n1,2,3', { code: 'repeated-columns', details: { columns: 'id' } }],
    [
      'a million columns',
      'id,'.repeat(1_000_000),
      { code: 'too-many-columns', details: { found: 1_000_001, limit: 1_600 } },
    ],
    ['a header with a stray quote', 'id,na"me\n1,2', { code: 'not-csv' }],
    ['a header that is no text', Buffer.from([0x8a, 0xff, 0x2c, 0x69, 0x64, 0x0a]), { code: 'not-utf8' }],
    ['a workbook', Buffer.from(`PK\x03\x04${'\0'.repeat(26)}[Content_Types].xml`), { code: 'other-format' }],
    ['zeros', Buffer.alloc(5_000_000), { code: 'not-csv' }],
    ['a quote that opens in the header', `id,"name\n${rows}`, { code: 'unclosed-quote', details: { lineNumber: 1 } }],
    ['a header without end', 'x'.repeat(5_000_000), { code: 'line-too-long', details: { lineNumber: 1 } }],
  ])('%s', async (_, file, error) => {
    await expect(stage(chunksOf(file))).rejects.toMatchObject(error);
    await expectUntouched();
  });

  test('a row that is more than a page of PostgreSQL holds', async () => {
    const columns = Array.from({ length: 1_000 }, (_, i) => ({ name: `c${i}`, type: 'text' as const }));
    const wide = tableDefinition.parse({ columns, primaryKey: ['c0'] });
    const line = (value: string) => columns.map((_, i) => `${value}${i}`).join(',');
    await expect(stage(chunksOf(`${line('c')}\n${line('abcdefgh')}`), { definition: wide })).rejects.toMatchObject({
      code: 'internal',
    });
    await expectUntouched();
  });
});

describe('stopping', () => {
  test('in the middle of the rows: no table, a usable client, a closed source', async () => {
    const abort = new AbortController();
    let closed = false;
    async function* source() {
      try {
        yield Buffer.from('id,name\n');
        for (let i = 0; ; i++) {
          if (i === 20) abort.abort();
          yield megabyteOfRows;
        }
      } finally {
        closed = true;
      }
    }
    await expect(stage(source(), { signal: abort.signal })).rejects.toMatchObject({ code: 'stopped', retriable: true });
    await delay(0);
    expect(closed).toBe(true);
    await expectUntouched();
  });

  test('while the source is silent', async () => {
    await expect(stage(silentSource(), { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
      code: 'stopped',
    });
    await expectUntouched();
  });

  test('before it began', async () => {
    await expect(stage(chunksOf('id,name\n'), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'stopped',
    });
    await expectUntouched();
  });

  test('throws the reason it was given', async () => {
    const reason = new HikyakuError('claim-lost');
    await expect(stage(chunksOf('id,name\n'), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test('a source that fails is told as it is', async () => {
    const failure = new HikyakuError('storage-unavailable', { retriable: true });
    async function* source() {
      yield Buffer.from('id,name\n');
      yield megabyteOfRows;
      yield megabyteOfRows;
      throw failure;
    }
    await expect(stage(source())).rejects.toBe(failure);
    await expectUntouched();
  });

  test('a progress callback that throws stops it', async () => {
    const failure = new Error('no');
    const onProgress = () => {
      throw failure;
    };
    await expect(stage(chunksOf('id,name\n1,a'), { onProgress })).rejects.toBe(failure);
    await expectUntouched();
  });

  test('a connection cut in the middle is database-unavailable; what it leaves has the name of its run', async () => {
    const victim = await organization.connect();
    victim.on('error', () => undefined);
    const { rows } = await victim.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    async function* source() {
      yield Buffer.from('id,name\n');
      for (let i = 0; i < 1_000; i++) {
        if (i === 10) await organization.superuser.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
        yield megabyteOfRows;
      }
    }
    await expect(stage(source(), { client: victim })).rejects.toMatchObject({
      code: 'database-unavailable',
      retriable: true,
    });
    await dropStaging({ client: await organization.connect(), target: organization.target, stagingTable });
    expect(await leftBehind(organization)).toEqual([]);
  });
});

test('memory stays the same however large the file', async () => {
  await peakOf(20);
  const small = await peakOf(20);
  const large = await peakOf(200);
  expect(large - small).toBeLessThan(64);
});

test('memory stays the same however large a compressed and encrypted file is', async () => {
  const identity = generateIdentity();
  const recipients = [recipientOf(identity)];
  const findKeys = () => Promise.resolve({ identities: [identity], openPgpKeys: [], passphrases: [] });
  const opened = async (source: AsyncIterable<Uint8Array>) => {
    const packed = encryptAge(Readable.from(source).pipe(createGzip({ level: 1 })), recipients);
    return (await openContent(packed, { fileName: 'a', findKeys, maxContentBytes: 1e12 })).content;
  };
  await peakOf(20, opened);
  const small = await peakOf(20, opened);
  const large = await peakOf(200, opened);
  expect(large - small).toBeLessThan(64);
});

test('neither the application nor another organization can read what is staged', async () => {
  await stage(chunksOf('id,name\n1,a\n'));
  const { client, superuser, target } = organization;
  const other = `other_${target.role.slice(4, 20)}`;
  await superuser.query(
    `CREATE ROLE ${other} NOLOGIN; GRANT ${other} TO ${client.user ?? ''} WITH INHERIT FALSE, SET TRUE`,
  );
  const read = `SELECT FROM ${target.schema}.${stagingTable}`;
  await expect(client.query(read)).rejects.toMatchObject({ code: '42501' });
  await client.query('BEGIN');
  await client.query(`SET LOCAL ROLE ${other}`);
  await expect(client.query(read)).rejects.toMatchObject({ code: '42501' });
  await client.query('ROLLBACK');
  await expect(
    stageObject({
      client,
      target: { schema: target.schema, role: other },
      definition,
      stagingTable: 'x',
      source: chunksOf('id\n1'),
    }),
  ).rejects.toMatchObject({ code: 'internal' });
  await superuser.query(`DROP ROLE ${other}`);
  await dropStaging({ client, target, stagingTable });
  await expectUntouched();
});

async function* silentSource(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('id,name\n');
  yield megabyteOfRows;
  await new Promise(() => undefined);
}

/** The most memory, in MiB, that this process holds while it stages a file of so many megabytes. */
async function peakOf(
  megabytes: number,
  through: (source: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>> = (
    source,
  ) => source,
): Promise<number> {
  let peak = 0;
  async function* source() {
    yield Buffer.from('id,name\n');
    for (let i = 0; i < megabytes; i++) {
      yield Buffer.from(megabyteOfRows);
      const { heapUsed, external } = process.memoryUsage();
      peak = Math.max(peak, heapUsed + external);
    }
  }
  await stage(await through(source()));
  await dropStaging({ client: organization.client, target: organization.target, stagingTable });
  return peak / 1024 ** 2;
}

/** As bytes come from a network: other things happen in between. */
async function* arriving(text: string) {
  for await (const chunk of chunksOf(text)) {
    await delay(1);
    yield chunk;
  }
}

describe('a second connection', () => {
  /** 4 MB of rows that differ: two buffers and more under way. */
  const rowCount = 40_000;
  const file = `id,name\n${Array.from({ length: rowCount }, (_, i) => `${i},${'x'.repeat(100)}`).join('\n')}`;
  const released: boolean[] = [];

  async function lend() {
    const client = await organization.connect();
    client.on('error', () => undefined);
    return { client, release: (isBroken: boolean) => void released.push(isBroken) };
  }
  beforeEach(() => {
    released.length = 0;
  });

  test('takes its share of a large file: every row is there once, and it is given back idle', async () => {
    const second = await lend();
    const staged = await stage(arriving(file), { borrow: () => Promise.resolve(second) });
    expect(staged.rowsStaged).toBe(rowCount);
    const table = `"${organization.target.schema}"."${stagingTable}"`;
    const { rows } = await organization.superuser.query(
      `SELECT count(DISTINCT id)::int AS ids, count(DISTINCT xmin::text)::int AS transactions FROM ${table}`,
    );
    expect(rows).toEqual([{ ids: rowCount, transactions: 2 }]);
    expect(released).toEqual([false]);
    expect(second.client.getTransactionStatus()).toBe('I');
  });

  test('that breaks in the middle fails the run, and no row stays', async () => {
    const second = await lend();
    const { rows } = await second.client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    async function* source() {
      yield* arriving(file);
      await organization.superuser.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      yield* arriving(`\n${file.slice('id,name\n'.length)}`);
    }
    await expect(stage(source(), { borrow: () => Promise.resolve(second) })).rejects.toMatchObject({
      code: 'database-unavailable',
    });
    await expectUntouched();
    expect(released).toEqual([true]);
  });

  test('that is not to be had is done without', async () => {
    expect(await stage(chunksOf(file), { borrow: () => Promise.reject(new Error('none left')) })).toMatchObject({
      rowsStaged: rowCount,
    });
  });

  test('is not asked for by a small file', async () => {
    let asked = 0;
    const borrow = () => {
      asked++;
      return lend();
    };
    await stage(chunksOf('id,name\n1,a'), { borrow });
    expect(asked).toBe(0);
  });
});
