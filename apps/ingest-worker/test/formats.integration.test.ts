import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { createOrganization } from '@hikyaku/db';
import { generateIdentity, recipientOf, writeArmor } from '@hikyaku/encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';
import { encrypted, testKeys, type TestKeys } from './test-keys.ts';
import { until } from './until.ts';

const sealedChunk = 64 * 1024 + 16;
/** Some chunks of age and one of gzip. */
const file = itemsFile(10_000);

let house: House;
let keys: TestKeys;
let publicKey: string;
let retiredKey: string;

beforeAll(async () => {
  house = await buildHouse();
  keys = await testKeys(house.database.owner);
  retiredKey = await keys.add('test');
  await house.query('UPDATE organization_key SET retired_at = now()');
  publicKey = await keys.add('test');
  await house.startWorker({ KEYS_FOLDER: keys.folder });
});

afterAll(async () => {
  await house.tearDown();
  await keys.remove();
});

const layersOf = async (arrivalId: string) =>
  (await house.query('SELECT encryption, compression FROM arrival WHERE id = $1', [arrivalId]))[0];

const members = () => Buffer.concat([gzipSync(file.subarray(0, 70_000)), gzipSync(file.subarray(70_000))]);
async function armored(bytes: Buffer): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeArmor(Readable.from([bytes]))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const payloadBegins = (age: Buffer) => age.indexOf('\n', age.indexOf('\n---') + 1) + 17;
const cutAtBorder = (age: Buffer) => age.subarray(0, payloadBegins(age) + 2 * sealedChunk);

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[at]! ^= 1;
  return bytes;
}

describe('the same rows, whatever lies around them', () => {
  test.each<[string, () => Buffer | Promise<Buffer>, object]>([
    ['plain.csv', () => file, { encryption: null, compression: null }],
    ['packed.csv.gz', () => gzipSync(file), { encryption: null, compression: 'gzip' }],
    ['members.csv.gz', members, { encryption: null, compression: 'gzip' }],
    ['sealed.csv.age', () => encrypted(file, publicKey), { encryption: 'age', compression: null }],
    ['both.csv.gz.age', () => encrypted(gzipSync(file), publicKey), { encryption: 'age', compression: 'gzip' }],
    [
      'text.csv.gz.age',
      async () => armored(await encrypted(gzipSync(file), publicKey)),
      { encryption: 'age', compression: 'gzip' },
    ],
    ['retired.csv.gz.age', () => encrypted(gzipSync(file), retiredKey), { encryption: 'age', compression: 'gzip' }],
    ['named-nothing', () => encrypted(members(), publicKey), { encryption: 'age', compression: 'gzip' }],
    ['unpacked-on-the-way.csv.gz', () => file, { encryption: null, compression: null }],
  ])('%s', async (name, make, layers) => {
    await house.query(`TRUNCATE "${house.target.schema}".items`);
    const bytes = await make();
    const { key } = await house.put(name, bytes);
    const arrival = await house.arrival(key);
    expect(arrival).toMatchObject({ state: 'taken_in', cause_code: null, rows_inserted: '10000' });
    expect(await house.rows()).toHaveLength(10_000);
    expect(await layersOf(arrival.id)).toEqual(layers);
    await house.expectNothingLeft();
  });
});

describe('refused as a whole, with nothing taken in', () => {
  const foreign = recipientOf(generateIdentity());

  test.each<[string, string, () => Buffer | Promise<Buffer>]>([
    ['wrong-key', 'foreign.csv.age', () => encrypted(file, foreign)],
    ['damaged-encryption', 'cut.csv.age', async () => cutAtBorder(await encrypted(file, publicKey))],
    ['damaged-encryption', 'cut.csv.gz.age', async () => (await encrypted(gzipSync(file), publicKey)).subarray(0, -1)],
    ['damaged-encryption', 'flipped.csv.age', async () => flipped(await encrypted(file, publicKey), 200_000)],
    ['damaged-encryption', 'header.csv.age', async () => flipped(await encrypted(file, publicKey), 19)],
    ['damaged-compression', 'cut.csv.gz', () => gzipSync(file).subarray(0, -9)],
    ['damaged-compression', 'flipped.csv.gz', () => flipped(gzipSync(file), 5_000)],
    ['damaged-compression', 'trailing.csv.gz', () => Buffer.concat([gzipSync(file), Buffer.from('and more')])],
    ['not-encrypted', 'open.csv.age', () => file],
    ['not-encrypted', 'open.csv.gz.age', () => gzipSync(file)],
    [
      'damaged-encryption',
      'cut-text.csv.age',
      async () => (await armored(await encrypted(file, publicKey))).subarray(0, -9),
    ],
    ['nested-compression', 'twice.csv.gz', () => gzipSync(gzipSync(file))],
    ['empty-file', 'empty.csv.gz.age', () => encrypted(gzipSync(''), publicKey)],
  ])('%s: %s', async (code, name, make) => {
    await house.query(`TRUNCATE "${house.target.schema}".items`);
    const { key } = await house.put(name, await make());
    expect(await house.arrival(key)).toMatchObject({ state: 'refused', cause_code: code });
    expect(await house.rows()).toEqual([]);
    await house.expectNothingLeft();
  });

  test('a file for another key names the key that is ours', async () => {
    const { key } = await house.put('named.csv.age', await encrypted(file, foreign, foreign));
    expect((await house.arrival(key)).cause_details).toEqual({ publicKey, recipients: 2 });
  });

  test("another organization's key opens nothing, though its private part lies in the same folder", async () => {
    await createOrganization(house.database.owner, { name: 'Other', slug: 'other' });
    const theirs = await keys.add('other');
    const { key } = await house.put('theirs.csv.age', await encrypted(file, theirs));
    expect(await house.arrival(key)).toMatchObject({ state: 'refused', cause_code: 'wrong-key' });
  });

  test('a small file that unpacks without end stops at the limit of its dataset', async () => {
    await house.query(`UPDATE dataset SET definition = jsonb_set(definition, '{maxContentBytes}', '20000000')`);
    const line = Buffer.from(`1,${'x'.repeat(40)},1\n`.repeat(100_000));
    const bomb = gzipSync(Buffer.concat([Buffer.from('id,name,amount\n'), ...Array.from({ length: 40 }, () => line)]));
    expect(bomb.length).toBeLessThan(2_000_000);
    const { key } = await house.put('bomb.csv.gz.age', await encrypted(bomb, publicKey));
    expect(await house.arrival(key)).toMatchObject({
      state: 'refused',
      cause_code: 'content-too-large',
      cause_details: { limitBytes: 20_000_000 },
    });
    await house.query(`UPDATE dataset SET definition = definition - 'maxContentBytes'`);
    await house.expectNothingLeft();
  });
});

describe('a key that is not there', () => {
  test('lets a file wait that may be for it: it is not refused', async () => {
    const worker = await house.startWorker({ KEYS_FOLDER: keys.folder, MOST_ATTEMPTS: '1' });
    const elsewhere = await keys.add('test', { kept: false });
    const { key } = await house.put('elsewhere.csv.age', await encrypted(file, elsewhere));
    await until(async () => {
      const [row] = await house.query<{ attempts: number; cause_code: string }>(
        `SELECT a.attempts, r.cause_code FROM arrival a JOIN ingest_run r ON r.arrival_id = a.id AND r.finished_at IS NOT NULL
            WHERE a.key = $1`,
        [key],
      );
      return row?.cause_code === 'key-unavailable' ? row : undefined;
    }, 'a run that misses the key');
    worker.signal('SIGKILL');
    await house.query('DELETE FROM organization_key WHERE public_key = $1', [elsewhere]);
  });

  test('or whose file others may read is not used, and the ledger says why', async () => {
    await chmod(join(keys.folder, '2.key'), 0o644);
    const { key } = await house.put('open-key.csv.age', await encrypted(file, publicKey));
    await until(
      async () =>
        (
          await house.query(
            `SELECT 1 FROM ingest_run r JOIN arrival a ON a.id = r.arrival_id
           WHERE a.key = $1 AND r.cause_code = 'key-unavailable' AND r.cause_details->>'reason' = 'mode'`,
            [key],
          )
        ).length > 0 || undefined,
      'a run that will not use the key',
    );
    await chmod(join(keys.folder, '2.key'), 0o600);
    expect(await house.arrival(key)).toMatchObject({ state: 'taken_in' });
  });
});

test('no private key is in the database', async () => {
  const tables = await house.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema IN ('public', 'auth', 'bullmq') AND table_type = 'BASE TABLE'`,
  );
  for (const { name } of tables) {
    expect(await house.query(`SELECT FROM ${name} t WHERE t::text LIKE '%AGE-SECRET%'`), name).toEqual([]);
  }
});

test('an organization without a key is told to have one made', async () => {
  await house.query('DELETE FROM organization_key');
  const { key } = await house.put('early.csv.age', await encrypted(file, publicKey));
  expect(await house.arrival(key)).toMatchObject({ state: 'refused', cause_code: 'no-key' });
});
