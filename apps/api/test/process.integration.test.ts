import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { announceTimeline, recordArrival } from '@hikyaku/db/ledger';
import { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiClient, apiClient, dataOf, errorCodeOf } from './api-client.ts';
import { type ApiProcess, spawnApi } from './api-process.ts';
import { openDatabaseGate } from './database-gate.ts';
import { hashApiToken } from '../src/auth/api-token-text.ts';
import { portalUrl, testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';
import { codeOf, v1Client } from './v1-client.ts';

let api: TestApi;
let organization: TestOrganization;
let person: TestPerson;
const processes: ApiProcess[] = [];

beforeAll(async () => {
  api = await testApi();
  organization = await api.makeOrganization();
  person = await api.makeMember(organization, 'administrator');
});
afterEach(async () => {
  for (const { child, exited } of processes.splice(0)) {
    child.kill('SIGKILL');
    await exited;
  }
});
afterAll(() => api.close());

async function start(): Promise<{ process: ApiProcess; client: ApiClient }> {
  const process = await spawnApi({ ...api.environment, LOG_LEVEL: 'trace' });
  processes.push(process);
  const client = apiClient({ url: process.url, origin: portalUrl });
  expect((await client.signIn(person)).status).toBe(200);
  return { process, client };
}

describe('SIGTERM', () => {
  test('with streams open ends the process within five seconds, with code 0 and every stream closed', async () => {
    const { process, client } = await start();
    const streams = await Promise.all(Array.from({ length: 5 }, () => client.subscribe('files.watchList')));
    await Promise.all(streams.map((stream) => stream.next(3_000, 'connected')));
    const begin = Date.now();
    process.child.kill('SIGTERM');
    expect(await process.exited).toEqual({ code: 0, signal: null });
    expect(Date.now() - begin).toBeLessThan(5_000);
    await Promise.all(streams.map(({ ended }) => ended));
    for (const { events } of streams) expect(events.map(({ event }) => event)).not.toContain('serialized-error');
    expect(process.output()).toContain('"msg":"stopped"');
  });

  test('lets what is being answered be answered', async () => {
    const { process, client } = await start();
    await api.superuser.query('BEGIN; LOCK TABLE upload IN ACCESS EXCLUSIVE MODE');
    const answer = client.query('files.list', { limit: 10 });
    await expect.poll(isWaiting, { timeout: 3_000 }).toBe(true);
    process.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await api.superuser.query('COMMIT');
    expect((await answer).status).toBe(200);
    expect((await process.exited).code).toBe(0);
  });

  test('answers a script that waits for its file with what there is', async () => {
    const { process, client } = await start();
    const wanted = { name: 'waiting', scopes: ['uploads:write', 'uploads:read'], datasetSlugs: [], expiresInDays: 1 };
    const { token } = dataOf(await client.mutate('tokens.create', wanted), z.object({ token: z.string() }));
    const script = v1Client({ url: process.url, token });
    const body = { dataset: organization.dataset.slug, fileName: 'a.csv', sizeBytes: 5 };
    const { uploadId } = (await script.send('POST', '/v1/uploads', { body })).as(z.object({ uploadId: z.uuid() }));
    const waiting = script.send('GET', `/v1/uploads/${uploadId}?wait=30`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    process.child.kill('SIGTERM');
    expect((await waiting).as(z.object({ state: z.string() }))).toEqual({ state: 'sending' });
    expect((await process.exited).code).toBe(0);
  });

  test('ends in time though a request never ends, and says so', async () => {
    const { process, client } = await start();
    await api.superuser.query('BEGIN; LOCK TABLE upload IN ACCESS EXCLUSIVE MODE');
    const answer = client.query('files.list', { limit: 10 }).catch(() => undefined);
    await expect.poll(isWaiting, { timeout: 3_000 }).toBe(true);
    const begin = Date.now();
    process.child.kill('SIGTERM');
    expect((await process.exited).code).toBe(1);
    expect(Date.now() - begin).toBeLessThan(5_500);
    expect(process.output()).toContain('not stopped in time');
    await api.superuser.query('ROLLBACK');
    await answer;
  });
});

describe('what the process writes', () => {
  test('holds no token, password, cookie or signature, whatever is asked, at the most talkative level', async () => {
    const { process, client } = await start();
    const secrets = new Set<string>([person.password, ...client.cookies.values()]);
    for (const value of client.cookies.values()) secrets.add(decodeURIComponent(value));
    for (const value of client.cookies.values()) secrets.add(decodeURIComponent(value).split('.')[0] ?? '');

    const wrong = 'a wrong password to look for';
    secrets.add(wrong);
    const guest = apiClient({ url: process.url, origin: portalUrl });
    await guest.signIn({ email: person.email, password: wrong });
    await guest.signIn({ email: 'nobody@company.example', password: wrong });

    await client.mutate('invitations.create', { email: `log-${organization.slug}@company.example`, role: 'uploader' });
    const mails = (await testCloud().mail?.list()) ?? [];
    const mail = mails.find(({ envelopeTo }) => envelopeTo[0]?.startsWith(`log-${organization.slug}`));
    const token = /\/invitation\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '';
    expect(token).toHaveLength(43);
    secrets.add(token);
    await guest.query('invitations.find', { token });
    const password = 'the password of somebody new';
    secrets.add(password);
    await guest.mutate('invitations.accept', { token, name: 'New', password: 'short' });
    await guest.mutate('invitations.accept', { token, name: 'New', password });
    await guest.mutate('invitations.accept', { token, name: 'New', password });

    const requestId = randomUUID();
    const upload = { datasetSlug: organization.dataset.slug, fileName: 'a.csv', sizeBytes: 5, contentType: 'text/csv' };
    const shape = z.object({ uploadId: z.uuid(), put: z.object({ url: z.url() }) });
    const { uploadId, put } = dataOf(await client.mutate('uploads.create', { requestId, ...upload }), shape);
    for (const name of ['X-Amz-Signature', 'X-Amz-Security-Token', 'X-Amz-Credential']) {
      const value = new URL(put.url).searchParams.get(name);
      if (value) secrets.add(value);
    }
    secrets.add(put.url);
    await client.mutate('uploads.complete', { uploadId });
    await client.fetch(`/api/trpc/files.get?input=${encodeURIComponent(JSON.stringify({ json: { fileId: token } }))}`);
    await client.fetch('/api/trpc/uploads.create', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"password":"${password}"`,
    });

    const wanted = { name: 'log', scopes: ['uploads:write', 'uploads:read'], datasetSlugs: [], expiresInDays: 1 };
    const made = dataOf(await client.mutate('tokens.create', wanted), z.object({ token: z.string() }));
    secrets.add(made.token);
    secrets.add(hashApiToken(made.token));
    const script = v1Client({ url: process.url, token: made.token });
    const body = { dataset: organization.dataset.slug, fileName: 'b.csv', sizeBytes: 5 };
    const begun = (await script.send('POST', '/v1/uploads', { body })).as(shape);
    secrets.add(new URL(begun.put.url).searchParams.get('X-Amz-Signature') ?? begun.put.url);
    await script.send('GET', `/v1/nothing?token=${made.token}`);
    await script.send('POST', '/v1/uploads', { body: `{"token":"${made.token}"` });
    await v1Client({ url: process.url, token: `${made.token}x` }).send('GET', '/v1/datasets');

    // Something of ours fails too, with all that an error may carry.
    await api.superuser.query('ALTER TABLE auth.invitation RENAME TO elsewhere');
    expect(errorCodeOf(await guest.query('invitations.find', { token }))).toBe('internal');
    await api.superuser.query('ALTER TABLE auth.elsewhere RENAME TO invitation');

    process.child.kill('SIGTERM');
    await process.exited;
    const output = process.output();
    expect(output).toContain('procedure failed');
    expect(output).toContain('/api/trpc/invitations.find');
    expect([...secrets].filter((secret) => output.includes(secret))).toEqual([]);
    for (const word of [
      'X-Amz-',
      'session_token=',
      'scrypt',
      '"cookie"',
      api.environment.AUTH_SECRET,
      'postgresql://',
    ]) {
      expect(output).not.toContain(word);
    }
    // One JSON object each: nothing that a library wrote past the log.
    for (const line of output.trim().split('\n'))
      expect(() => z.looseObject({ level: z.number() }).parse(JSON.parse(line))).not.toThrow();
  });
});

describe('a database that goes away', () => {
  test('is told by /readyz and by an error that may be tried again, and all heals when it is back', async () => {
    const gate = await openDatabaseGate(api.database.app);
    const gated = await api.startAnother({
      DATABASE_URL: gate.through(api.database.app),
      AUTH_DATABASE_URL: gate.through(api.database.auth),
    });
    const client = apiClient({ url: gated.url, origin: portalUrl });
    const readiness = async () => (await client.fetch('/readyz')).status;
    await client.signIn(person);
    expect(await readiness()).toBe(200);

    gate.shut();
    expect(await readiness()).toBe(503);
    expect((await client.fetch('/healthz')).status).toBe(200);
    for (const answer of [await client.query('me.get'), await client.query('files.list', { limit: 1 })]) {
      expect([errorCodeOf(answer), answer.status]).toEqual(['database-unavailable', 503]);
    }
    const problem = await v1Client({ url: gated.url, token: `hky_${'x'.repeat(43)}` }).send('GET', '/v1/datasets');
    expect([problem.status, codeOf(problem)]).toEqual([503, 'database-unavailable']);
    const guest = apiClient({ url: gated.url, origin: portalUrl });
    expect(errorCodeOf(await guest.query('invitations.find', { token: 'x' }))).toBe('database-unavailable');
    expect((await guest.signIn(person)).status).toBe(500);

    gate.open();
    await expect.poll(readiness, { timeout: 5_000 }).toBe(200);
    expect((await client.query('me.get')).status).toBe(200);

    // The listener came back too: streams are told.
    const stream = await client.subscribe('files.watchList');
    await stream.next(3_000, 'connected');
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const pool = new Pool({ connectionString: api.database.app, max: 1 });
    const key = `incoming/${organization.id}/${organization.dataset.slug}/back.csv`;
    await recordArrival(pool, { bucket: 'b', key, versionId: 'v', etag: 'e', sizeBytes: 1, at: new Date() });
    await announceTimeline(pool);
    expect((await stream.next(2_000)).data).toContain('back.csv');
    stream.close();

    gate.freeze();
    const begin = Date.now();
    expect(await readiness()).toBe(503);
    expect(Date.now() - begin).toBeLessThan(3_000);
    gate.open();
    await expect.poll(readiness, { timeout: 5_000 }).toBe(200);
    await pool.end();
    await gate.close();
  });

  test('an environment that is not complete is told by name, and nothing starts', async () => {
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, ['src/main.ts'], {
      cwd: new URL('..', import.meta.url),
      env: {},
      stdio: 'pipe',
    });
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [code] = await once(child, 'exit');
    expect(code).not.toBe(0);
    for (const name of ['DATABASE_URL', 'AUTH_SECRET', 'S3_BUCKET', 'SMTP_URL']) expect(output).toContain(name);
  });
});

async function isWaiting(): Promise<boolean> {
  const { rows } = await api.superuser.query(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );
  return rows[0].n > 0;
}
