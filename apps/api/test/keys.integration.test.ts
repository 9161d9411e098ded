import { randomUUID } from 'node:crypto';
import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiClient, dataOf, errorCodeOf } from './api-client.ts';
import { testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';

const keyList = z.array(
  z.object({
    id: z.uuid(),
    publicKey: z.string(),
    heldBy: z.string(),
    label: z.string().nullable(),
    retiredAt: z.string().nullable(),
  }),
);

let api: TestApi;
let organization: TestOrganization;
let administrator: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  api = await testApi();
  organization = await api.makeOrganization();
  administrator = await api.makeMember(organization, 'administrator');
  client = await api.signIn(administrator);
});

afterAll(() => api.close());

const newKey = () => recipientOf(generateIdentity());

async function add(publicKey: string = newKey(), label = '本社の鍵'): Promise<string> {
  const answer = await client.mutate('keys.add', { publicKey, label });
  return dataOf(answer, z.object({ keyId: z.uuid() })).keyId;
}

async function list(by: ApiClient = client) {
  return dataOf(await by.query('keys.list'), keyList);
}

async function auditOf(keyId: string) {
  const { rows } = await api.superuser.query(
    'SELECT actor_id, action, details FROM audit_event WHERE subject_id = $1 ORDER BY id',
    [keyId],
  );
  return rows;
}

describe('a key of the organization', () => {
  test('is in use once its public part is added: the newest, for members to see, and audited', async () => {
    await add();
    const publicKey = newKey();
    const keyId = await add(`  ${publicKey.toUpperCase()}\n`, '  2026年度 ');
    const uploader = await api.signIn(await api.makeMember(organization, 'uploader'));
    expect((await list(uploader))[0]).toEqual({
      id: keyId,
      publicKey,
      heldBy: 'organization',
      label: '2026年度',
      retiredAt: null,
    });
    expect(await auditOf(keyId)).toEqual([
      {
        actor_id: administrator.id,
        action: 'key.create',
        details: { kind: 'age', publicKey, label: '2026年度', heldBy: 'organization' },
      },
    ]);
  });

  test('is looked for at workers under a name that is its own', async () => {
    const keyId = await add();
    const { rows } = await api.superuser.query('SELECT private_key_reference FROM organization_key WHERE id = $1', [
      keyId,
    ]);
    expect(rows).toEqual([{ private_key_reference: `own-${keyId}.key` }]);
  });

  test('is told as registered the second time; another organization may have it too, and hears of nothing', async () => {
    const publicKey = newKey();
    const keyId = await add(publicKey);
    expect(errorCodeOf(await client.mutate('keys.add', { publicKey, label: 'b' }))).toBe('key-registered');
    await client.mutate('keys.retire', { keyId });
    expect(errorCodeOf(await client.mutate('keys.add', { publicKey, label: 'b' }))).toBe('key-registered');
    const other = await api.signIn(await api.makeMember(await api.makeOrganization(), 'administrator'));
    expect((await other.mutate('keys.add', { publicKey, label: 'b' })).status).toBe(200);
    expect(await list(other)).toHaveLength(1);
  });

  test('is retired, and put back in use, each once and audited', async () => {
    const keyId = await add();
    const find = async () => (await list()).find(({ id }) => id === keyId);
    expect((await client.mutate('keys.retire', { keyId })).status).toBe(200);
    expect((await find())?.retiredAt).toEqual(expect.any(String));
    expect(errorCodeOf(await client.mutate('keys.retire', { keyId }))).toBe('not-found');
    expect((await client.mutate('keys.restore', { keyId })).status).toBe(200);
    expect((await find())?.retiredAt).toBeNull();
    expect(errorCodeOf(await client.mutate('keys.restore', { keyId }))).toBe('not-found');
    expect((await auditOf(keyId)).map(({ action }) => action)).toEqual(['key.create', 'key.retire', 'key.restore']);
  });

  test('that a worker holds is retired in the same way', async () => {
    const { rows } = await api.superuser.query(
      `INSERT INTO organization_key (id, organization_id, public_key, private_key_reference)
       VALUES (gen_random_uuid(), $1, $2, gen_random_uuid()::text) RETURNING id`,
      [organization.id, newKey()],
    );
    const [{ id: keyId }] = z.tuple([z.object({ id: z.uuid() })]).parse(rows);
    expect((await list()).find(({ id }) => id === keyId)).toMatchObject({ heldBy: 'worker', label: null });
    expect((await client.mutate('keys.retire', { keyId })).status).toBe(200);
  });
});

describe('refused', () => {
  test.each([
    ['a private key, without repeating it', generateIdentity(), 'not-a-public-key'],
    ['a key with a slip of the pen', `${newKey().slice(0, -1)}b`, 'not-a-public-key'],
    ['what is cut off', newKey().slice(0, -1), 'not-a-public-key'],
    ['a key that hides nothing', `age1${'q'.repeat(52)}qqqqqq`, 'not-a-public-key'],
    ['nothing', '', 'not-a-public-key'],
    ['what is too long to be one', 'a'.repeat(201), 'invalid-input'],
  ])('%s', async (_, publicKey, code) => {
    const answer = await client.mutate('keys.add', { publicKey, label: 'a' });
    expect(errorCodeOf(answer)).toBe(code);
    if (publicKey) expect(answer.body.toLowerCase()).not.toContain(publicKey.toLowerCase());
  });

  test.each(['', '  ', 'a\u0000', 'a'.repeat(101)])('the label %j', async (label) => {
    expect(errorCodeOf(await client.mutate('keys.add', { publicKey: newKey(), label }))).toBe('invalid-input');
  });

  test('more keys in use than a header should name', async () => {
    const other = await api.makeOrganization();
    const theirs = await api.signIn(await api.makeMember(other, 'administrator'));
    for (let count = 0; count < 20; count += 1) await theirs.mutate('keys.add', { publicKey: newKey(), label: 'a' });
    const answer = await theirs.mutate('keys.add', { publicKey: newKey(), label: 'a' });
    expect(errorCodeOf(answer)).toBe('too-many-keys');
    expect(await list(theirs)).toHaveLength(20);
  });

  test('more keys in use by putting one back, or by adding many at the same time', async () => {
    const theirs = await api.signIn(await api.makeMember(await api.makeOrganization(), 'administrator'));
    const more = () => theirs.mutate('keys.add', { publicKey: newKey(), label: 'a' });
    const first = dataOf(await more(), z.object({ keyId: z.uuid() }));
    await theirs.mutate('keys.retire', first);
    const answers = await Promise.all(Array.from({ length: 30 }, more));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(20);
    expect(errorCodeOf(await theirs.mutate('keys.restore', first))).toBe('too-many-keys');
    const inUse = (await list(theirs)).find(({ retiredAt }) => retiredAt === null)?.id;
    for (const keyId of [inUse, randomUUID()]) {
      expect(errorCodeOf(await theirs.mutate('keys.restore', { keyId }))).toBe('not-found');
    }
    expect((await list(theirs)).filter(({ retiredAt }) => retiredAt === null)).toHaveLength(20);
  });
});
