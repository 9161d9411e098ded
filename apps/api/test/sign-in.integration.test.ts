import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { callerName } from '@hikyaku/types';
import { authEndpoints } from '../src/http/register-auth.ts';
import { apiClient, dataOf, errorCodeOf, errorOf } from './api-client.ts';
import { portalUrl, testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';

let api: TestApi;
let organization: TestOrganization;
let person: TestPerson;

beforeAll(async () => {
  api = await testApi();
  organization = await api.makeOrganization();
  person = await api.makeMember(organization, 'operator');
});
afterAll(() => api.close());

test('a page of somebody who was signed in before does nothing in the name of who is signed in now', async () => {
  const [theirs, others] = [await api.makeOrganization(), await api.makeOrganization()];
  const [before, now] = [await api.makeMember(theirs, 'uploader'), await api.makeMember(others, 'uploader')];
  const pageOf = (whom: TestPerson, where: TestOrganization) =>
    apiClient({ url: api.url, origin: portalUrl, caller: callerName({ organization: where, person: whom }) });
  const left = pageOf(before, theirs);
  await left.signIn(now);
  expect(errorCodeOf(await left.query('me.get'))).toBe('unauthenticated');
  const own = pageOf(now, others);
  await own.signIn(now);
  expect((await own.query('me.get')).status).toBe(200);
  const streams = await Promise.all([left, own].map((page) => page.subscribe('files.watchList', {})));
  const refusal = await streams[0]?.next(2_000, 'serialized-error');
  expect(errorOf(`{"error":${refusal?.data}}`).data).toMatchObject({ hikyaku: { code: 'unauthenticated' } });
  await streams[1]?.next(2_000, 'connected');
  for (const stream of streams) stream.close();
});

describe('signing in', () => {
  test('with the right password opens a session that says who one is', async () => {
    const client = await api.signIn(person);
    const me = dataOf(
      await client.query('me.get'),
      z.looseObject({ role: z.string(), person: z.object({ id: z.string() }) }),
    );
    expect(me).toMatchObject({ role: 'operator', person: { id: person.id } });
  });

  test('with a wrong password and with an unknown address is answered alike, and opens nothing', async () => {
    const client = api.visitor();
    const wrong = await client.signIn({ email: person.email, password: 'not the password' });
    const unknown = await client.signIn({ email: 'nobody@company.example', password: 'not the password' });
    expect([wrong.status, wrong.body]).toEqual([401, unknown.body]);
    expect(unknown.status).toBe(401);
    expect(client.cookies.size).toBe(0);
  });

  test('is refused from a page of another origin, as everything that changes something', async () => {
    const foreign = apiClient({ url: api.url, origin: 'https://elsewhere.test' });
    expect((await foreign.signIn(person)).status).toBe(403);
    expect((await foreign.mutate('uploads.abort', {})).status).toBe(403);
    expect(foreign.cookies.size).toBe(0);
  });

  test('leaves its trace in the audit trail, and signing out too', async () => {
    const fresh = await api.makeMember(organization, 'uploader');
    const client = await api.signIn(fresh);
    await post(api, client.cookies, '/api/auth/sign-out');
    const { rows } = await api.superuser.query(
      'SELECT action, organization_id FROM audit_event WHERE actor_id = $1 ORDER BY id',
      [fresh.id],
    );
    expect(rows).toEqual([
      { action: 'session.create', organization_id: organization.id },
      { action: 'session.delete', organization_id: organization.id },
    ]);
  });

  test('too often from one address answers 429, whatever address the client claims to have', async () => {
    const client = api.visitor();
    const attempts = [];
    for (let attempt = 0; attempt < 32; attempt += 1) {
      attempts.push((await client.signIn({ email: 'not an address', password: 'x' })).status);
    }
    expect(attempts.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 400));
    expect(attempts.slice(30)).toEqual([429, 429]);

    const strict = await api.startAnother({ TRUSTED_PROXIES: '10.0.0.1' });
    const statuses = [];
    for (let attempt = 0; attempt < 31; attempt += 1) {
      const spoofing = apiClient({ url: strict.url, origin: portalUrl });
      statuses.push((await spoofing.signIn({ email: 'not an address', password: 'x' })).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });
});

describe('the session cookie', () => {
  test('can not be read by scripts nor sent from other sites', async () => {
    const cookie = await cookieOf(api.url, portalUrl);
    expect(cookie).toMatch(/; HttpOnly/i);
    expect(cookie).toMatch(/; SameSite=Lax/i);
    expect(cookie).toMatch(/; Path=\//i);
    expect(cookie).toMatch(/; Max-Age=43200/i);
    expect(cookie).not.toMatch(/Domain=/i);
  });

  test('is sent over https only where the portal is reached by https', async () => {
    expect(await cookieOf(api.url, portalUrl)).not.toMatch(/; Secure/i);
    const secure = await api.startAnother({ PORTAL_URL: 'https://portal.hikyaku.test' });
    const cookie = await cookieOf(secure.url, 'https://portal.hikyaku.test');
    expect(cookie).toMatch(/^__Secure-hikyaku\.session_token=/);
    expect(cookie).toMatch(/; Secure/i);
  });

  test('holds a token of which the database knows the hash alone', async () => {
    const client = await api.signIn(person);
    const cookie = decodeURIComponent(client.cookies.get('hikyaku.session_token') ?? '');
    const token = cookie.slice(0, cookie.lastIndexOf('.'));
    expect(token.length).toBeGreaterThanOrEqual(32);
    const { rows } = await api.superuser.query<{ token: string }>(
      'SELECT token FROM auth.session WHERE person_id = $1',
      [person.id],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(cookie).not.toContain(row.token);
    const everywhere = await api.superuser.query<{ row: string }>(
      `SELECT s::text AS row FROM auth.session s UNION ALL SELECT v::text FROM auth.verification v UNION ALL SELECT e::text FROM audit_event e`,
    );
    for (const { row } of everywhere.rows) expect(row).not.toContain(token);
  });

  test('made of a stored hash opens nothing', async () => {
    const client = await api.signIn(person);
    const cookie = decodeURIComponent(client.cookies.get('hikyaku.session_token') ?? '');
    const token = cookie.slice(0, cookie.lastIndexOf('.'));
    // Whoever has the secret too can sign, so the test would notice if a hash were as good as a token.
    expect(await signed(token, api.environment.AUTH_SECRET)).toBe(encodeURIComponent(cookie));
    const { rows } = await api.superuser.query<{ token: string }>(
      'SELECT token FROM auth.session WHERE person_id = $1',
      [person.id],
    );
    const thief = api.visitor();
    const signature = await signed(rows[0]?.token ?? '', api.environment.AUTH_SECRET);
    thief.cookies.set('hikyaku.session_token', signature);
    expect(errorCodeOf(await thief.query('me.get'))).toBe('unauthenticated');
  });

  test('with one character changed opens nothing', async () => {
    const client = await api.signIn(person);
    const cookie = client.cookies.get('hikyaku.session_token') ?? '';
    for (const at of [0, Math.floor(cookie.length / 2), cookie.length - 6]) {
      const changed = cookie.slice(0, at) + (cookie[at] === 'a' ? 'b' : 'a') + cookie.slice(at + 1);
      client.cookies.set('hikyaku.session_token', changed);
      expect(errorCodeOf(await client.query('me.get'))).toBe('unauthenticated');
    }
  });
});

describe('a session', () => {
  test('that was signed out is over, also for who kept the cookie', async () => {
    const client = await api.signIn(person);
    const kept = new Map(client.cookies);
    expect((await post(api, kept, '/api/auth/sign-out')).status).toBe(200);
    expect(errorCodeOf(await client.query('me.get'))).toBe('unauthenticated');
  });

  test('is renewed while it is used, and ends when it is not', async () => {
    const fresh = await api.makeMember(organization, 'uploader');
    const client = await api.signIn(fresh);
    const expiry = async () => {
      const { rows } = await api.superuser.query<{ seconds: number }>(
        'SELECT extract(epoch FROM expires_at - now())::int AS seconds FROM auth.session WHERE person_id = $1',
        [fresh.id],
      );
      return rows[0]?.seconds;
    };
    await api.superuser.query(`UPDATE auth.session SET expires_at = now() + interval '11 hours' WHERE person_id = $1`, [
      fresh.id,
    ]);
    const answer = await client.query('me.get');
    expect(answer.status).toBe(200);
    expect(await expiry()).toBeGreaterThan(11.9 * 3_600);
    // The browser has to learn of it, or it drops the cookie after the first twelve hours all the same.
    expect(answer.headers.getSetCookie().join()).toMatch(/session_token=.*Max-Age=43200/i);
    expect((await client.query('me.get')).status).toBe(200);

    await api.superuser.query(`UPDATE auth.session SET expires_at = now() - interval '1 second' WHERE person_id = $1`, [
      fresh.id,
    ]);
    expect(errorCodeOf(await client.query('me.get'))).toBe('unauthenticated');
    expect(await expiry()).toBeUndefined();
  });

  test('switches to another organization its person is a member of', async () => {
    const other = await api.makeOrganization();
    const both = await api.makeMember(organization, 'uploader');
    await api.join(both, other, 'administrator');
    const client = await api.signIn(both);
    const here = async () =>
      dataOf(
        await client.query('me.get'),
        z.looseObject({ role: z.string(), organization: z.looseObject({ id: z.string() }) }),
      );
    expect(await here()).toMatchObject({ role: 'uploader', organization: { id: organization.id } });
    expect(
      (await post(api, client.cookies, '/api/auth/organization/set-active', { organizationId: other.id })).status,
    ).toBe(200);
    expect(await here()).toMatchObject({ role: 'administrator', organization: { id: other.id } });
  });
});

describe('the login library', () => {
  test('can be reached at the endpoints we use and at no other', async () => {
    const { api: endpoints } = (await import('../src/auth/create-auth.ts')).createAuth({
      database: api.authDatabase,
      portalUrl,
      secret: api.environment.AUTH_SECRET,
      sessions: { signedIn: async () => undefined, signedOut: async () => undefined },
      logger: (await import('@hikyaku/telemetry')).createLogger({ service: 'test', level: 'silent' }),
    });
    const paths = Object.values(endpoints)
      .map((endpoint) => z.object({ path: z.string() }).safeParse(Object.assign({}, endpoint)).data?.path)
      .filter((path) => path !== undefined);
    expect(paths).toEqual(
      expect.arrayContaining(['/sign-up/email', '/organization/create', '/update-user', '/change-password']),
    );
    const exposed = new Set<string>(authEndpoints.map(({ path }) => path));
    const client = await api.signIn(person);
    const reached = [];
    for (const path of paths.filter((one) => !exposed.has(one))) {
      const statuses = [
        (await post(api, client.cookies, `/api/auth${path}`)).status,
        (await client.fetch(`/api/auth${path}`)).status,
      ];
      if (statuses.some((status) => status !== 404)) reached.push({ path, statuses });
    }
    expect(reached).toEqual([]);
  });

  test('makes no account by signing up', async () => {
    const answer = await post(api, new Map(), '/api/auth/sign-up/email', {
      email: 'new@company.example',
      password: 'long enough for it',
      name: 'New',
    });
    expect(answer.status).toBe(404);
    expect(await api.authDatabase.person.count({ where: { email: 'new@company.example' } })).toBe(0);
  });
});

async function cookieOf(url: string, origin: string): Promise<string> {
  const answer = await apiClient({ url, origin }).signIn(person);
  return answer.headers.getSetCookie().find((cookie) => cookie.includes('session_token')) ?? '';
}

function post(target: TestApi, cookies: Map<string, string>, path: string, body: unknown = {}) {
  const client = apiClient({ url: target.url, origin: portalUrl });
  for (const [name, value] of cookies) client.cookies.set(name, value);
  return client.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A cookie as the server signs it: what somebody can make who has the database and the secret, but no token. */
async function signed(value: string, secret: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign']);
  const signature = await crypto.subtle.sign(algorithm.name, key, new TextEncoder().encode(value));
  return encodeURIComponent(`${value}.${Buffer.from(signature).toString('base64')}`);
}
