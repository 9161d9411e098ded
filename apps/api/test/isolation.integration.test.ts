import { randomUUID } from 'node:crypto';
import { recordArrival } from '@hikyaku/db/ledger';
import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import { planObjectKey } from '@hikyaku/types';
import type { AnyProcedure } from '@trpc/server';
import { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hashSessionToken } from '../src/auth/hash-session-tokens.ts';
import { hashInvitationToken } from '../src/domain/invitation-token.ts';
import { appRouter } from '../src/router.ts';
import { type ApiClient, errorOf } from './api-client.ts';
import { testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';

/** What inputs may name; filled once with the victim's ids and once with ids that exist nowhere. */
interface Ids {
  datasetSlug: string;
  uploadId: string;
  fileId: string;
  invitationId: string;
  invitationToken: string;
  tokenId: string;
  keyId: string;
  retiredKeyId: string;
}

interface Entry {
  input: (ids: Ids) => unknown;
  /** For somebody of another organization: the error, or `own` where they get their own organization's answer. */
  stranger: 'own' | 'not-found' | 'dataset-not-found' | 'invitation-not-open';
}

const nothing = () => undefined;
const upload = { input: ({ uploadId }: Ids) => ({ uploadId }), stranger: 'not-found' } satisfies Entry;
const file = { input: ({ fileId }: Ids) => ({ fileId }), stranger: 'not-found' } satisfies Entry;

/** Every procedure there is. A new one fails the first test until it stands here. */
const entries: Record<string, Entry> = {
  'me.get': { input: nothing, stranger: 'own' },
  'datasets.list': { input: nothing, stranger: 'own' },
  'datasets.readingRules': { input: ({ datasetSlug }) => ({ datasetSlug }), stranger: 'dataset-not-found' },
  'uploads.create': {
    input: ({ datasetSlug }) => ({
      requestId: randomUUID(),
      datasetSlug,
      fileName: 'a.csv',
      sizeBytes: 1,
      contentType: 'text/csv',
    }),
    stranger: 'dataset-not-found',
  },
  'uploads.renew': upload,
  'uploads.signParts': {
    input: ({ uploadId }) => ({
      uploadId,
      parts: [{ partNumber: 1, digest: { md5: `${'A'.repeat(22)}==`, sha256: `${'A'.repeat(43)}=` } }],
    }),
    stranger: 'not-found',
  },
  'uploads.sentParts': upload,
  'uploads.complete': upload,
  'uploads.abort': upload,
  'uploads.signProbes': { input: nothing, stranger: 'own' },
  'files.today': { input: nothing, stranger: 'own' },
  'files.list': { input: () => ({ limit: 200 }), stranger: 'own' },
  'files.get': file,
  'files.states': { input: ({ fileId }) => ({ fileIds: [fileId] }), stranger: 'own' },
  'files.rejects': file,
  'files.receipt': file,
  'files.failed': { input: nothing, stranger: 'own' },
  'files.redrive': file,
  'files.redriveAll': { input: ({ datasetSlug }) => ({ datasetSlug }), stranger: 'dataset-not-found' },
  'files.watch': file,
  'files.watchList': { input: () => ({ lastEventId: '0' }), stranger: 'own' },
  'keys.list': { input: nothing, stranger: 'own' },
  'keys.add': { input: () => ({ publicKey: recipientOf(generateIdentity()), label: 'a' }), stranger: 'own' },
  'keys.retire': { input: ({ keyId }) => ({ keyId }), stranger: 'not-found' },
  'keys.restore': { input: ({ retiredKeyId }) => ({ keyId: retiredKeyId }), stranger: 'not-found' },
  'platform.unrouted': { input: () => ({ limit: 200 }), stranger: 'not-found' },
  'members.list': { input: nothing, stranger: 'own' },
  'invitations.list': { input: nothing, stranger: 'own' },
  'invitations.create': { input: () => ({ email: 'new@company.example', role: 'uploader' }), stranger: 'own' },
  'invitations.revoke': { input: ({ invitationId }) => ({ invitationId }), stranger: 'not-found' },
  'invitations.find': { input: ({ invitationToken }) => ({ token: invitationToken }), stranger: 'invitation-not-open' },
  'invitations.accept': {
    input: ({ invitationToken }) => ({ token: invitationToken, name: 'A', password: 'long enough for anybody' }),
    stranger: 'invitation-not-open',
  },
  'tokens.list': { input: nothing, stranger: 'own' },
  'tokens.create': {
    input: ({ datasetSlug }) => ({
      name: 'a',
      scopes: ['uploads:write'],
      datasetSlugs: [datasetSlug],
      expiresInDays: 1,
    }),
    stranger: 'dataset-not-found',
  },
  'tokens.revoke': { input: ({ tokenId }) => ({ tokenId }), stranger: 'not-found' },
};

const access = z.enum(['public', 'uploader', 'operator', 'administrator', 'platform']);

/** Where tRPC keeps what a router and a procedure are. */
const definitionKey = '_def';

// Flat at run time, whatever its type says: one procedure by its whole path.
const procedures = z.record(z.string(), z.custom<AnyProcedure>()).parse(appRouter[definitionKey].procedures);
const calls = Object.entries(procedures).map(([path, procedure]) => ({
  path,
  kind: procedure[definitionKey].type,
  access: z.object({ access }).safeParse(procedure[definitionKey].meta).data?.access,
}));

const nowhere: Ids = {
  datasetSlug: 'no-such-dataset',
  uploadId: randomUUID(),
  fileId: randomUUID(),
  invitationId: randomUUID(),
  invitationToken: randomUUID(),
  tokenId: randomUUID(),
  keyId: randomUUID(),
  retiredKeyId: randomUUID(),
};

let api: TestApi;
let pool: Pool;
let victim: { organization: TestOrganization; person: TestPerson; ids: Ids; secrets: string[] };
let stranger: ApiClient;
let visitor: ApiClient;
let expired: ApiClient;
/** By the least role a procedure asks for: somebody who has one less. */
let lower: Record<z.infer<typeof access>, ApiClient>;

beforeAll(async () => {
  api = await testApi();
  pool = new Pool({ connectionString: api.database.app, max: 2 });
  victim = await makeVictim();
  const other = await api.makeOrganization();
  visitor = api.visitor();
  stranger = await api.signIn(await api.makeMember(other, 'administrator'));
  expired = await api.signIn(await api.makeMember(other, 'administrator'));
  const formerMember = await api.makeMember(victim.organization, 'administrator');
  const [uploader, operator, former] = await Promise.all([
    api.signIn(await api.makeMember(victim.organization, 'uploader')),
    api.signIn(await api.makeMember(victim.organization, 'operator')),
    api.signIn(formerMember),
  ]);
  await api.authDatabase.membership.deleteMany({ where: { personId: formerMember.id } });
  lower = { public: former, uploader: former, operator: uploader, administrator: operator, platform: stranger };
});

afterAll(async () => {
  await pool.end();
  await api.close();
});

describe('the table of inputs', () => {
  test('has an entry for every procedure, and every procedure declares who may call it', () => {
    expect(calls.map(({ path }) => path).toSorted()).toEqual(Object.keys(entries).toSorted());
    expect(calls.filter(({ access }) => access === undefined)).toEqual([]);
  });
});

let cases = 0;

describe.each(calls)('$path', ({ path, kind, access: asked = 'platform' }) => {
  const entry = entries[path] ?? { input: nothing, stranger: 'not-found' };
  const isPublic = asked === 'public';

  test("another organization's ids are answered as ids that exist nowhere, and nothing of it shows", async () => {
    cases += 1;
    const before = await stateOfVictim();
    const [withTheirs, withNone] = [
      await call(stranger, path, kind, entry.input(victim.ids)),
      await call(stranger, path, kind, entry.input(nowhere)),
    ];

    for (const secret of victim.secrets) expect(withTheirs.body).not.toContain(secret);
    if (entry.stranger === 'own') {
      expect(withTheirs.error).toBeUndefined();
    } else {
      expect(withTheirs.error?.data.hikyaku.code).toBe(entry.stranger);
      expect(withoutReference(withTheirs)).toEqual(withoutReference(withNone));
    }
    expect(await stateOfVictim()).toEqual(before);
  });

  test('without a session nothing is answered', async () => {
    cases += 1;
    const { body, error } = await call(visitor, path, kind, entry.input(victim.ids));
    for (const secret of victim.secrets) expect(body).not.toContain(secret);
    expect(error?.data.hikyaku.code).toBe(isPublic ? entry.stranger : 'unauthenticated');
  });

  test('with an expired session nothing is answered', async () => {
    cases += 1;
    await expireSession(expired);
    const { body, error } = await call(expired, path, kind, entry.input(victim.ids));
    for (const secret of victim.secrets) expect(body).not.toContain(secret);
    expect(error?.data.hikyaku.code).toBe(isPublic ? entry.stranger : 'unauthenticated');
  });

  test('with a lower role it is refused', async () => {
    cases += 1;
    const before = await stateOfVictim();
    const { body, error } = await call(lower[asked], path, kind, entry.input(victim.ids));
    for (const secret of victim.secrets) expect(body).not.toContain(secret);
    const expected = {
      public: entry.stranger,
      uploader: 'unauthenticated',
      operator: 'forbidden',
      administrator: 'forbidden',
      platform: 'not-found',
    }[asked];
    expect(error?.data.hikyaku.code).toBe(expected);
    expect(await stateOfVictim()).toEqual(before);
  });
});

describe('beyond the table', () => {
  test('every procedure was called in all four ways', () => {
    expect(cases).toBe(calls.length * 4);
  });

  test('a platform administrator sees objects of no organization, and none of an organization', async () => {
    const person = await api.makePerson({ isPlatformAdministrator: true });
    await api.join(person, await api.makeOrganization(), 'uploader');
    const client = await api.signIn(person);
    const key = `incoming/nobody/${randomUUID()}.csv`;
    await recordArrival(pool, { bucket: 'b', key, versionId: 'v1', etag: 'e', sizeBytes: 1, at: new Date() });

    const { body } = await client.query('platform.unrouted', { limit: 200 });
    expect(body).toContain(key);
    for (const secret of victim.secrets) expect(body).not.toContain(secret);
  });

  test("a change of another organization's file wakes nobody's stream but its own", async () => {
    const [theirs, own] = [
      await stranger.subscribe('files.watchList'),
      await (await api.signIn(victim.person)).subscribe('files.watchList'),
    ];
    try {
      await own.next(2_000, 'connected');
      await theirs.next(2_000, 'connected');
      // Until both look from here on.
      await new Promise((resolve) => setTimeout(resolve, 300));
      await makeArrival(victim.organization);
      await own.next(4_000);
      await new Promise((resolve) => setTimeout(resolve, 500));
      expect(theirs.events.filter(({ event }) => event === 'message')).toEqual([]);
    } finally {
      theirs.close();
      own.close();
    }
  });

  describe('the refused lines of a file', () => {
    test('are downloaded by members, and the private part of a key is told to nobody', async () => {
      const member = await api.signIn(victim.person);
      const { body, status } = await member.fetch(pathOf(victim.ids.fileId));
      expect(status).toBe(200);
      expect(body).toContain('secret-line');
      const keys = await member.query('keys.list');
      expect(keys.body).toContain('secret-key');
      expect(keys.body).not.toContain('secret-reference');
    });

    test.each([
      ['somebody of another organization', () => stranger, 404, 'not-found'],
      ['nobody', () => visitor, 401, 'unauthenticated'],
      ['an expired session', () => expired, 401, 'unauthenticated'],
      ['a former member', () => lower.uploader, 401, 'unauthenticated'],
    ])('are not downloaded by %s', async (who, client, status, code) => {
      if (who === 'an expired session') await expireSession(expired);
      const [theirs, none] = [
        await client().fetch(pathOf(victim.ids.fileId)),
        await client().fetch(pathOf(nowhere.fileId)),
      ];
      expect(theirs.status).toBe(status);
      expect(JSON.parse(theirs.body)).toEqual({ code, referenceId: theirs.headers.get('x-reference-id') });
      expect(none.status).toBe(status);
      for (const secret of victim.secrets) expect(theirs.body).not.toContain(secret);
      expect(theirs.headers.get('content-disposition')).toBeNull();
    });
  });

  test('an organization somebody is no member of can not be made the active one', async () => {
    const answer = await stranger.fetch('/api/auth/organization/set-active', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ organizationId: victim.organization.id }),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    for (const secret of victim.secrets) expect(answer.body).not.toContain(secret);
    const me = await stranger.query('me.get');
    for (const secret of victim.secrets) expect(me.body).not.toContain(secret);
  });
});

const pathOf = (fileId: string) => `/api/files/${fileId}/rejects.csv`;

async function call(client: ApiClient, path: string, kind: string, input: unknown) {
  if (kind === 'subscription') {
    const stream = await client.subscribe(path, input);
    await Promise.race([stream.ended, new Promise((resolve) => setTimeout(resolve, 400))]);
    stream.close();
    const failure = stream.events.find(({ event }) => event === 'serialized-error');
    const body = stream.events.map(({ data }) => data).join('\n');
    return { body, error: failure ? errorOf(`{"error":${failure.data}}`) : undefined };
  }
  const answer = kind === 'mutation' ? await client.mutate(path, input) : await client.query(path, input);
  if (answer.status === 200) return { body: answer.body, error: undefined };
  const error = errorOf(answer.body);
  expect(answer.status).toBe(error.data.httpStatus);
  expect(answer.headers.get('x-reference-id')).toBe(error.data.hikyaku.referenceId);
  return { body: answer.body, error };
}

function withoutReference({ error }: { error: ReturnType<typeof errorOf> | undefined }) {
  return error && { ...error, data: { ...error.data, hikyaku: { ...error.data.hikyaku, referenceId: '' } } };
}

async function makeVictim() {
  const organization = await api.makeOrganization();
  const person = await api.makeMember(organization, 'administrator');
  const invitationId = randomUUID();
  const invitationToken = randomUUID();
  const email = `invited-${organization.slug}@company.example`;
  await api.authDatabase.invitation.create({
    data: {
      id: invitationId,
      organizationId: organization.id,
      email,
      role: 'operator',
      tokenHash: hashInvitationToken(invitationToken),
      inviterId: person.id,
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  const client = await api.signIn(person);
  const input = {
    requestId: randomUUID(),
    datasetSlug: organization.dataset.slug,
    fileName: 'secret-name.csv',
    sizeBytes: 10,
    contentType: 'text/csv',
  };
  const created = await client.mutate('uploads.create', input);
  const uploadId = /"uploadId":"([^"]+)"/.exec(created.body)?.[1] ?? '';
  const token = { name: 'secret-token', scopes: ['uploads:write'], datasetSlugs: [], expiresInDays: 1 };
  const madeToken = await client.mutate('tokens.create', token);
  const arrival = await makeArrival(organization);
  const runId = randomUUID();
  await api.superuser.query(
    `INSERT INTO reject (organization_id, arrival_id, ingest_run_id, line_number, code, value) VALUES ($1, $2, $3, 7, 'required', 'secret-cell')`,
    [organization.id, arrival.id, runId],
  );
  const [keyId, retiredKeyId] = [randomUUID(), randomUUID()];
  for (const [id, retiredAt] of [
    [keyId, null],
    [retiredKeyId, new Date()],
  ]) {
    await api.superuser.query(
      `INSERT INTO organization_key (id, organization_id, public_key, private_key_reference, retired_at, label)
       VALUES ($1, $2, $3, $4, $5, 'secret-label')`,
      [id, organization.id, `age1-secret-key-${String(id)}`, `secret-reference-${String(id)}`, retiredAt],
    );
  }
  await api.superuser.query(
    `INSERT INTO reject_header (organization_id, arrival_id, header, encoding, byte_order_mark, newline)
     VALUES ($1, $2, 'secret-heading', 'utf-8', false, $3)`,
    [organization.id, arrival.id, '\n'],
  );
  await api.superuser.query(
    `INSERT INTO reject_line (organization_id, arrival_id, line_number, raw) VALUES ($1, $2, 7, 'secret-line')`,
    [organization.id, arrival.id],
  );
  const ids = {
    datasetSlug: organization.dataset.slug,
    uploadId,
    fileId: arrival.id,
    invitationId,
    // Whoever has the token itself is invited: what can be guessed at are the row's id and the stored hash.
    invitationToken: hashInvitationToken(invitationToken),
    tokenId: /"tokenId":"([^"]+)"/.exec(madeToken.body)?.[1] ?? '',
    keyId,
    retiredKeyId,
  };
  const secrets = [
    organization.id,
    organization.name,
    organization.slug,
    organization.dataset.id,
    organization.dataset.slug,
    person.id,
    person.name,
    person.email,
    email,
    'secret-name',
    'secret-cell',
    'secret-key',
    'secret-reference',
    'secret-label',
    'secret-heading',
    'secret-line',
    'secret-token',
    arrival.key,
    ...Object.values(ids),
    arrival.id,
  ];
  return { organization, person, ids, secrets };
}

async function makeArrival(organization: TestOrganization): Promise<{ id: string; key: string }> {
  const key = planObjectKey({
    organizationId: organization.id,
    datasetSlug: organization.dataset.slug,
    uploadId: randomUUID(),
    fileName: `${randomUUID()}.csv`,
    at: new Date(),
    timeZone: 'Asia/Tokyo',
  });
  const { id } = await recordArrival(pool, {
    bucket: 'b',
    key,
    versionId: randomUUID(),
    etag: 'e',
    sizeBytes: 10,
    at: new Date(),
  });
  return { id, key };
}

/** Every row the victim has, as one text. */
async function stateOfVictim(): Promise<unknown> {
  const { rows } = await api.superuser.query(
    `SELECT (SELECT json_agg(t ORDER BY id) FROM upload t WHERE organization_id = $1) AS uploads,
            (SELECT json_agg(t ORDER BY id) FROM arrival t WHERE organization_id = $1) AS arrivals,
            (SELECT json_agg(t ORDER BY id) FROM api_token t WHERE organization_id = $1) AS tokens,
            (SELECT json_agg(t ORDER BY id) FROM organization_key t WHERE organization_id = $1) AS keys,
            (SELECT json_agg(t ORDER BY id) FROM audit_event t WHERE organization_id = $1) AS audit,
            (SELECT json_agg(t ORDER BY id) FROM auth.invitation t WHERE organization_id = $1) AS invitations,
            (SELECT json_agg(t ORDER BY id) FROM auth.membership t WHERE organization_id = $1) AS members`,
    [victim.organization.id],
  );
  return rows;
}

/** Puts the session back as it was, and past its time: whoever comes with an expired one has it deleted. */
async function expireSession(client: ApiClient): Promise<void> {
  const cookie = decodeURIComponent(client.cookies.get('hikyaku.session_token') ?? '');
  const token = hashSessionToken(cookie.slice(0, cookie.lastIndexOf('.')));
  const { rowCount } = await api.superuser.query(
    `UPDATE auth.session SET expires_at = now() - interval '1 minute' WHERE token = $1`,
    [token],
  );
  if (rowCount === 1) return;
  await api.superuser.query(
    `INSERT INTO auth.session (id, person_id, token, expires_at, updated_at)
     SELECT gen_random_uuid(), person_id, $1, now() - interval '1 minute', now() FROM auth.membership LIMIT 1`,
    [token],
  );
}
