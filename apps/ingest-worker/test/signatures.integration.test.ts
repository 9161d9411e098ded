import { encryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';
import { createMinisignKeyPair, type MinisignKeyPair, signMinisign } from '@hikyaku/encryption/minisign';
import { createOpenPgpKeyPair, encryptOpenPgp, type OpenPgpKeyPair, signOpenPgp } from '@hikyaku/encryption/openpgp';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildHouse, type House, itemsFile } from './house.ts';
import { encrypted, testKeys, type TestKeys } from './test-keys.ts';
import { until } from './until.ts';

const file = itemsFile(2_000);
const partner = createMinisignKeyPair();
const stranger = createMinisignKeyPair();

let house: House;
let keys: TestKeys;
let publicKey: string;
let partnerPgp: OpenPgpKeyPair;
let oursPgp: string;

beforeAll(async () => {
  house = await buildHouse();
  keys = await testKeys(house.database.owner);
  publicKey = await keys.add('test');
  oursPgp = await keys.addOpenPgp('test');
  partnerPgp = await createOpenPgpKeyPair('partner');
  await house.startWorker({ KEYS_FOLDER: keys.folder, MOST_ATTEMPTS: '2' });
});

afterAll(async () => {
  await house.tearDown();
  await keys.remove();
});

beforeEach(() => house.query(`TRUNCATE "${house.target.schema}".items`));

async function* once(bytes: Uint8Array) {
  yield bytes;
}

const rule = async (rules: object) =>
  house.query(`UPDATE dataset SET definition = definition - 'signature' - 'encryption' || $1`, [rules]);
const minisignRule = (...trusted: MinisignKeyPair[]) =>
  rule({ signature: { kind: 'minisign', trustedKeys: trusted.map((key) => key.publicKey) } });
const sidecar = async (name: string, bytes: Uint8Array, signer = partner) =>
  house.put(`${name}.minisig`, await signMinisign(once(bytes), signer, 'orders'));
const causeOf = async (key: string) => {
  const { state, cause_code: cause, cause_details: details } = await house.arrival(key);
  return { state, cause, details };
};

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const sealed = (signer?: string, recipient = oursPgp) =>
  gather(encryptOpenPgp(once(file), { recipients: [recipient], ...(signer ? { signer } : {}) }));
const closed = (passphrase: string) => gather(encryptAge(once(file), { passphrase, workFactor: 4 }));

describe('a dataset that takes files with a detached signature', () => {
  beforeAll(() => minisignRule(stranger, partner));

  test.each([
    ['open', 'signed.csv', () => file],
    ['encrypted: what is signed is what is stored', 'signed.csv.age', () => encrypted(file, publicKey)],
  ])('takes one in: %s', async (_, name, make) => {
    const bytes = await make();
    await sidecar(name, bytes);
    const { key } = await house.put(name, bytes);
    expect(await causeOf(key)).toMatchObject({ state: 'taken_in' });
    expect(await house.rows()).toHaveLength(2_000);
    await house.expectNothingLeft();
  });

  test('ends the signature itself as stored: one entry, nothing to do', async () => {
    const { key } = await sidecar('alone.csv', file);
    expect(await causeOf(key)).toEqual({ state: 'stored', cause: null, details: null });
    const arrivals = await house.query('SELECT 1 FROM arrival WHERE key = $1', [key]);
    expect(arrivals).toHaveLength(1);
  });

  test('waits for a signature that comes later', async () => {
    const { key } = await house.put('early.csv', file);
    await until(
      async () =>
        (
          await house.query(
            `SELECT 1 FROM ingest_run r JOIN arrival a ON a.id = r.arrival_id
              WHERE a.key = $1 AND r.cause_code = 'signature-missing'`,
            [key],
          )
        )[0],
      'a run without a signature',
    );
    await sidecar('early.csv', file);
    expect(await causeOf(key)).toMatchObject({ state: 'taken_in', cause: null });
  });

  test('does not take it in without one: it waits for a person', async () => {
    const { key } = await house.put('unsigned.csv', file);
    expect(await causeOf(key)).toEqual({
      state: 'failed',
      cause: 'signature-missing',
      details: { key: `${key}.minisig` },
    });
    expect(await house.rows()).toEqual([]);
    await house.expectNothingLeft();
  });

  test('refuses one that was changed since, with nothing taken in', async () => {
    await sidecar('changed.csv', file);
    const { key } = await house.put('changed.csv', Buffer.concat([file, Buffer.from('9999,more,1\n')]));
    expect(await causeOf(key)).toEqual({
      state: 'refused',
      cause: 'signature-invalid',
      details: { problem: 'content' },
    });
    expect(await house.rows()).toEqual([]);
    await house.expectNothingLeft();
  });

  test('refuses a signature that is none, or endless', async () => {
    for (const [name, signature] of [
      ['none.csv', 'not a signature'],
      ['endless.csv', 'x'.repeat(100_000)],
    ] as const) {
      await house.put(`${name}.minisig`, signature);
      const { key } = await house.put(name, file);
      expect(await causeOf(key)).toMatchObject({ state: 'refused', cause: 'signature-invalid' });
    }
  });

  test('refuses the signature of somebody it does not trust', async () => {
    await minisignRule(stranger);
    await sidecar('untrusted.csv', file);
    const { key } = await house.put('untrusted.csv', file);
    expect(await causeOf(key)).toMatchObject({ state: 'refused', cause: 'signature-untrusted' });
    expect(await house.rows()).toEqual([]);
    await minisignRule(partner);
  });

  test('reads the refused lines of a signed file too', async () => {
    const bytes = Buffer.concat([file, Buffer.from('x,no number,1\n')]);
    await sidecar('rejects.csv', bytes);
    const { key } = await house.put('rejects.csv', bytes);
    expect(await causeOf(key)).toMatchObject({ state: 'taken_in' });
    expect(
      await house.query('SELECT raw FROM reject_line WHERE arrival_id = (SELECT id FROM arrival WHERE key = $1)', [
        key,
      ]),
    ).toEqual([{ raw: Buffer.from('x,no number,1') }]);
  });
});

describe('a dataset that takes OpenPGP files signed by a partner', () => {
  beforeAll(() => rule({ signature: { kind: 'openpgp', trustedKeys: [partnerPgp.publicKey] } }));
  test('takes one in that is signed and encrypted, and one that is signed alone', async () => {
    const { key } = await house.put('both.csv.gpg', await sealed(partnerPgp.privateKey));
    expect(await causeOf(key)).toMatchObject({ state: 'taken_in' });
    expect(await house.rows()).toHaveLength(2_000);
    const layers = await house.query('SELECT encryption, compression FROM arrival WHERE key = $1', [key]);
    expect(layers).toEqual([{ encryption: 'openpgp', compression: null }]);
    const signed = await house.put('signed.csv.gpg', await gather(signOpenPgp(once(file), partnerPgp.privateKey)));
    expect(await causeOf(signed.key)).toMatchObject({ state: 'taken_in' });
  });

  test.each<[string, string, () => Promise<Buffer>]>([
    ['not-signed', 'pgp-unsigned.csv.gpg', () => sealed()],
    ['not-signed', 'open.csv', () => Promise.resolve(file)],
    ['not-signed', 'age.csv.age', () => encrypted(file, publicKey)],
    ['signature-untrusted', 'pgp-stranger.csv.gpg', async () => sealed((await createOpenPgpKeyPair('x')).privateKey)],
    ['wrong-key', 'pgp-foreign.csv.gpg', () => sealed(partnerPgp.privateKey, partnerPgp.publicKey)],
    ['damaged-encryption', 'pgp-cut.csv.gpg', async () => (await sealed(partnerPgp.privateKey)).subarray(0, -1)],
  ])('refuses with %s: %s', async (cause, name, make) => {
    const { key } = await house.put(name, await make());
    expect(await causeOf(key)).toMatchObject({ state: 'refused', cause });
    expect(await house.rows()).toEqual([]);
    await house.expectNothingLeft();
  });
});

describe('a dataset that takes encrypted files only', () => {
  beforeAll(() => rule({ encryption: 'required' }));

  test('takes those of age and of OpenPGP', async () => {
    const age = await house.put('required.csv.age', await encrypted(file, publicKey));
    expect(await causeOf(age.key)).toMatchObject({ state: 'taken_in' });
    const pgp = await house.put('required', await gather(encryptOpenPgp(once(file), { recipients: [oursPgp] })));
    expect(await causeOf(pgp.key)).toMatchObject({ state: 'taken_in' });
  });

  test.each<[string, () => Buffer | Promise<Buffer>]>([
    ['required-open.csv', () => file],
    ['signed-alone.csv', async () => gather(signOpenPgp(once(file), (await createOpenPgpKeyPair('x')).privateKey))],
  ])('refuses %s', async (name, make) => {
    const { key } = await house.put(name, await make());
    expect(await causeOf(key)).toEqual({
      state: 'refused',
      cause: 'not-encrypted',
      details: { expectedBy: 'dataset' },
    });
    expect(await house.rows()).toEqual([]);
  });
});

describe('a file with a passphrase', () => {
  beforeAll(() => rule({}));
  test('is refused while nobody has one, and opened once somebody has', async () => {
    const early = await house.put('early.csv.age', await closed('correct horse'));
    expect(await causeOf(early.key)).toEqual({
      state: 'refused',
      cause: 'unsupported-encryption',
      details: { kind: 'passphrase' },
    });
    await keys.addPassphrase('test', 'correct horse');
    const { key } = await house.put('opened.csv.age', await closed('correct horse'));
    expect(await causeOf(key)).toMatchObject({ state: 'taken_in' });
    const wrong = await house.put('wrong.csv.age', await closed('another'));
    expect(await causeOf(wrong.key)).toMatchObject({ state: 'refused', cause: 'wrong-key' });
    const byPgp = await gather(encryptOpenPgp(once(file), { passphrases: ['correct horse'] }));
    expect(await causeOf((await house.put('pgp.csv', byPgp)).key)).toMatchObject({ state: 'taken_in' });
  });

  test('that nobody should try is refused before it costs anything', async () => {
    const bytes = await closed('correct horse');
    const dear = Buffer.from(bytes.toString('latin1').replace(/(-> scrypt \S+) 4\n/, '$1 30\n'), 'latin1');
    const { key } = await house.put('dear.csv.age', dear);
    expect(await causeOf(key)).toMatchObject({ state: 'refused', details: { kind: 'work-factor' } });
  });
});

test('no private key and no passphrase is in the database', async () => {
  const tables = await house.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_schema IN ('public', 'auth', 'bullmq') AND table_type = 'BASE TABLE'`,
  );
  for (const { name } of tables) {
    const found = await house.query(`SELECT FROM ${name} t WHERE t::text ~ 'AGE-SECRET|PRIVATE KEY|correct horse'`);
    expect(found, name).toEqual([]);
  }
});

test('a file of age for somebody else stays refused beside keys of other kinds', async () => {
  const { key } = await house.put('foreign.csv.age', await encrypted(file, recipientOf(generateIdentity())));
  expect(await causeOf(key)).toMatchObject({ state: 'refused', cause: 'wrong-key', details: { publicKey } });
});
