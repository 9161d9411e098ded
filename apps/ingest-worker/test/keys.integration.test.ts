import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createOrganization } from '@hikyaku/db';
import { type MigratedDatabase, migratedDatabase } from '@hikyaku/db/testing';
import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import { createFolderKeyStore } from '@hikyaku/encryption/key-store';
import { createOpenPgpKeyPair, openPgpFingerprintOf } from '@hikyaku/encryption/openpgp';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const command = join(import.meta.dirname, '../src/keys/main.ts');

let database: MigratedDatabase;
let superuser: Client;
let folder: string;
let keysFolder: string;

beforeAll(async () => {
  const url = testCloud().postgres?.superuserUrl();
  if (!url) throw new Error('the test cloud runs without PostgreSQL');
  database = await migratedDatabase(url);
  await createOrganization(database.owner, { name: 'Test', slug: 'test' });
  superuser = new Client(database.superuser);
  await superuser.connect();
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-keys-'));
  keysFolder = join(folder, 'keys');
});

afterAll(async () => {
  await superuser.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

async function keys(...args: string[]): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', DATABASE_OWNER_URL: database.owner, KEYS_FOLDER: keysFolder };
  return (await run(process.execPath, [command, ...args], { env })).stdout;
}

/** What the ledger knows of the newest key, and what the key store has under its reference. */
async function newest() {
  const { rows } = await superuser.query<
    Record<'kind' | 'public_key' | 'certificate' | 'private_key_reference', string>
  >(
    'SELECT kind, public_key, certificate, private_key_reference FROM organization_key ORDER BY created_at DESC, id DESC LIMIT 1',
  );
  const [row] = rows;
  const secret = await createFolderKeyStore(keysFolder).find(row?.private_key_reference ?? '');
  return { row, secret };
}

test('a key of each kind is made, kept, and registered without its secret', { timeout: 60_000 }, async () => {
  const recipient = (await keys('create', 'test')).trim();
  const age = await newest();
  expect(age.row).toMatchObject({ kind: 'age', public_key: recipient, certificate: null });
  expect(age.secret?.kind === 'age' && recipientOf(age.secret.identity)).toBe(recipient);

  const certificate = await keys('create', 'test', 'openpgp');
  const openPgp = await newest();
  expect(openPgp.row).toMatchObject({
    kind: 'openpgp',
    public_key: await openPgpFingerprintOf(certificate),
    certificate,
  });
  expect(openPgp.secret?.kind).toBe('openpgp');

  const passphrase = (await keys('create', 'test', 'passphrase')).trim();
  const closed = await newest();
  expect(closed.row).toMatchObject({ kind: 'passphrase', public_key: null, certificate: null });
  expect(closed.secret).toEqual({ kind: 'passphrase', passphrase });
  expect(passphrase).toMatch(/^([a-z2-9]{5}-){5}[a-z2-9]{5}$/);
});

test('a key that administrators have registered is brought to the worker under the name it is looked for by', async () => {
  const identity = generateIdentity();
  const { rows } = await superuser.query(
    `INSERT INTO organization_key (id, organization_id, public_key, held_by, private_key_reference)
     SELECT key.id, o.id, $1, 'organization', 'own-' || key.id || '.key'
       FROM auth.organization o, (SELECT gen_random_uuid() AS id) key WHERE o.slug = 'test'
     RETURNING id, private_key_reference`,
    [recipientOf(identity)],
  );
  const file = join(folder, 'own.key');
  await writeFile(file, identity);
  expect((await keys('import', 'test', file)).trim()).toBe(recipientOf(identity));
  expect(await createFolderKeyStore(keysFolder).find(rows[0].private_key_reference)).toEqual({ kind: 'age', identity });
  const after = await superuser.query('SELECT held_by FROM organization_key WHERE public_key = $1', [
    recipientOf(identity),
  ]);
  expect(after.rows).toEqual([{ held_by: 'worker' }]);
  const audit = await superuser.query('SELECT action FROM audit_event WHERE subject_id = $1', [rows[0].id]);
  expect(audit.rows).toEqual([{ action: 'key.take-over' }]);
});

test('keys that partners use already are taken over; what is no key is refused', { timeout: 60_000 }, async () => {
  const file = join(folder, 'partner.key');
  const identity = generateIdentity();
  await writeFile(file, `# made elsewhere\n${identity}\n`);
  expect((await keys('import', 'test', file)).trim()).toBe(recipientOf(identity));
  expect((await newest()).secret).toEqual({ kind: 'age', identity });

  const pair = await createOpenPgpKeyPair('elsewhere');
  await writeFile(file, pair.privateKey);
  expect(await openPgpFingerprintOf(await keys('import', 'test', file))).toBe(pair.fingerprint);

  await writeFile(file, 'passphrase: 正しい馬\n');
  expect(await keys('import', 'test', file)).toBe('');
  expect((await newest()).secret).toEqual({ kind: 'passphrase', passphrase: '正しい馬' });

  await writeFile(file, pair.publicKey);
  await expect(keys('import', 'test', file)).rejects.toThrow('no key');
  await expect(keys('create', 'nobody')).rejects.toThrow('no organization nobody');
  await expect(keys('create', 'test', 'rot13')).rejects.toThrow('Usage');
});
