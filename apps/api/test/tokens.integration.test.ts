import { apiTokenSummary } from '@hikyaku/types';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hashApiToken } from '../src/auth/api-token-text.ts';
import { type ApiClient, dataOf, errorCodeOf } from './api-client.ts';
import { testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';
import { v1Client } from './v1-client.ts';

const made = z.object({ tokenId: z.uuid(), token: z.string() });
const wanted = { name: '夜間バッチ', scopes: ['uploads:write'], datasetSlugs: [] as string[], expiresInDays: 90 };

let api: TestApi;
let organization: TestOrganization;
let maker: TestPerson;
let client: ApiClient;

beforeAll(async () => {
  api = await testApi();
  organization = await api.makeOrganization();
  maker = await api.makeMember(organization, 'administrator');
  client = await api.signIn(maker);
});

afterAll(() => api.close());

describe('making a token', () => {
  test('shows it once; the database knows its hash and its end', async () => {
    const { tokenId, token } = await make();
    expect(token).toMatch(/^hky_[\w-]{43}$/);
    const { rows } = await api.superuser.query('SELECT t.*, t::text AS whole FROM api_token t WHERE id = $1', [
      tokenId,
    ]);
    expect(rows[0]).toMatchObject({
      token_hash: hashApiToken(token),
      last_four: token.slice(-4),
      created_by: maker.id,
    });
    expect(rows[0].whole).not.toContain(token.slice(4));
    const listed = await client.query('tokens.list');
    expect(listed.body).not.toContain(token);
    expect(listed.body).not.toContain(hashApiToken(token));
    expect(await inList(tokenId)).toMatchObject({
      name: wanted.name,
      scopes: wanted.scopes,
      datasetSlugs: [],
      state: 'active',
      createdBy: maker.name,
      lastFour: token.slice(-4),
    });
  });

  test('gives a different one each time', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => make()));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(20);
  });

  test('is audited with what it may do, and without itself', async () => {
    const { tokenId, token } = await make({ datasetSlugs: [organization.dataset.slug] });
    const { rows } = await api.superuser.query(
      'SELECT actor_id, action, details, details::text AS whole FROM audit_event WHERE subject_id = $1',
      [tokenId],
    );
    expect(rows).toMatchObject([
      {
        actor_id: maker.id,
        action: 'token.create',
        details: { scopes: 'uploads:write', datasets: organization.dataset.slug },
      },
    ]);
    expect(rows[0].whole).not.toContain(token.slice(-8));
  });

  test.each([
    { name: '' },
    { name: 'a\u0000' },
    { scopes: [] },
    { scopes: ['everything'] },
    { expiresInDays: 0 },
    { expiresInDays: 367 },
    { expiresInDays: 1.5 },
  ])('refuses %j', async (change) => {
    expect(errorCodeOf(await client.mutate('tokens.create', { ...wanted, ...change }))).toBe('invalid-input');
  });

  test('for a dataset that is not there is refused', async () => {
    const answer = await client.mutate('tokens.create', { ...wanted, datasetSlugs: ['no-such-dataset'] });
    expect(errorCodeOf(answer)).toBe('dataset-not-found');
  });
});

describe('a token', () => {
  test('stops at once when it is revoked, and can not be revoked twice', async () => {
    const { tokenId, token } = await make();
    expect(await knock(token)).toBe(200);
    await client.mutate('tokens.revoke', { tokenId });
    expect(await knock(token)).toBe(401);
    expect(await inList(tokenId)).toMatchObject({ state: 'revoked', revokedAt: expect.any(String) });
    expect(errorCodeOf(await client.mutate('tokens.revoke', { tokenId }))).toBe('not-found');
    const { rows } = await api.superuser.query(`SELECT action FROM audit_event WHERE subject_id = $1 ORDER BY id`, [
      tokenId,
    ]);
    expect(rows).toEqual([{ action: 'token.create' }, { action: 'token.revoke' }]);
  });

  test('stops when its time is over', async () => {
    const { tokenId, token } = await make();
    await api.superuser.query(`UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = $1`, [tokenId]);
    expect(await knock(token)).toBe(401);
    expect(await inList(tokenId)).toMatchObject({ state: 'expired' });
  });

  test.each(['operator', 'uploader', 'nobody'] as const)(
    'stops when its maker becomes %s, and works again with them',
    async (role) => {
      const other = await api.makeMember(organization, 'administrator');
      const { tokenId, token } = await make({}, await api.signIn(other));
      expect(await knock(token)).toBe(200);
      const whom = { personId: other.id, organizationId: organization.id };
      if (role === 'nobody') await api.authDatabase.membership.deleteMany({ where: whom });
      else await api.authDatabase.membership.updateMany({ where: whom, data: { role } });
      expect(await knock(token)).toBe(401);
      expect(await inList(tokenId)).toMatchObject({ state: 'ownerless' });
      if (role === 'nobody') await api.join(other, organization, 'administrator');
      else await api.authDatabase.membership.updateMany({ where: whom, data: { role: 'administrator' } });
      expect(await knock(token)).toBe(200);
    },
  );

  test('tells when it was last used, written at most once a minute', async () => {
    const { tokenId, token } = await make();
    expect((await inList(tokenId))?.lastUsedAt).toBeNull();
    await knock(token);
    const first = (await inList(tokenId))?.lastUsedAt;
    expect(first).not.toBeNull();
    await knock(token);
    expect((await inList(tokenId))?.lastUsedAt).toBe(first);
    await api.superuser.query(`UPDATE api_token SET last_used_at = now() - interval '61 seconds' WHERE id = $1`, [
      tokenId,
    ]);
    await knock(token);
    expect(Date.parse((await inList(tokenId))?.lastUsedAt ?? '')).toBeGreaterThan(Date.now() - 5_000);
  });

  test.each([
    ['one character changed', (token: string) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
    ['its hash', hashApiToken],
    ['cut short', (token: string) => token.slice(0, -1)],
    ['without its prefix', (token: string) => token.slice(4)],
    ['in other letters', (token: string) => token.toUpperCase()],
  ])('with %s opens nothing', async (_name, change) => {
    const { token } = await make();
    expect(await knock(change(token))).toBe(401);
  });

  test('opens nothing but /v1: no session, no procedure', async () => {
    const { token } = await make();
    const answer = await api.visitor().fetch('/api/trpc/me.get', { headers: { authorization: `Bearer ${token}` } });
    expect(errorCodeOf(answer)).toBe('unauthenticated');
  });
});

async function make(changes: Record<string, unknown> = {}, by = client) {
  return dataOf(await by.mutate('tokens.create', { ...wanted, ...changes }), made);
}

async function knock(token: string): Promise<number> {
  return (await v1Client({ url: api.url, token }).send('GET', '/v1/datasets')).status;
}

async function inList(tokenId: string) {
  const tokens = dataOf(await client.query('tokens.list'), z.array(apiTokenSummary));
  return tokens.find(({ id }) => id === tokenId);
}
