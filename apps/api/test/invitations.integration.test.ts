import { testCloud } from '@hikyaku/local-cloud/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiClient, dataOf, errorCodeOf, errorOf } from './api-client.ts';
import { portalUrl, testApi, type TestApi } from './test-api.ts';
import type { TestOrganization, TestPerson } from './test-world.ts';

const password = 'a password long enough';

let api: TestApi;
let organization: TestOrganization;
let administrator: TestPerson;
let office: ApiClient;

beforeAll(async () => {
  api = await testApi();
  organization = await api.makeOrganization();
  administrator = await api.makeMember(organization, 'administrator');
  office = await api.signIn(administrator);
});
afterAll(() => api.close());

describe('an invitation', () => {
  test('is mailed, found by its link, accepted, and its person can sign in', async () => {
    const { email, token, mail } = await invite({ role: 'operator', locale: 'en' });
    expect(mail.envelopeTo).toEqual([email]);
    expect(mail.text).toContain(`${portalUrl}/invitation/${token}`);
    expect(mail.text).toContain(organization.name);

    const found = dataOf(await api.visitor().query('invitations.find', { token }), z.looseObject({}));
    expect(found).toMatchObject({ organizationName: organization.name, email, role: 'operator' });

    expect((await accept(token)).status).toBe(200);
    const client = await api.signIn({ id: '', name: '', email, password });
    const me = dataOf(await client.query('me.get'), z.looseObject({}));
    expect(me).toMatchObject({
      role: 'operator',
      organization: { id: organization.id },
      person: { name: 'New Person' },
    });
    const { rows } = await api.superuser.query(
      'SELECT action FROM audit_event WHERE organization_id = $1 AND action LIKE $2 ORDER BY id',
      [organization.id, 'invitation.%'],
    );
    expect(rows.map(({ action }) => action)).toEqual(['invitation.create', 'invitation.accept']);
  });

  test('keeps its token out of the database', async () => {
    const { token } = await invite();
    const { rows } = await api.superuser.query<{ row: string }>(
      'SELECT i::text AS row FROM auth.invitation i UNION ALL SELECT e::text FROM audit_event e',
    );
    for (const { row } of rows) expect(row).not.toContain(token);
  });

  test('is used once, also by 8 clicks at the same time', async () => {
    const { token, email } = await invite();
    const answers = await Promise.all(Array.from({ length: 8 }, () => accept(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const refused of answers.filter(({ status }) => status !== 200)) {
      expect(['invitation-not-open', 'email-taken', 'wrong-credentials']).toContain(errorCodeOf(refused));
    }
    expect(await api.authDatabase.person.count({ where: { email } })).toBe(1);
    expect(errorCodeOf(await accept(token))).toBe('invitation-not-open');
    expect(errorCodeOf(await api.visitor().query('invitations.find', { token }))).toBe('invitation-not-open');
  });

  test('of somebody who has an account is used once too, by 8 clicks at the same time', async () => {
    const existing = await api.makeMember(await api.makeOrganization(), 'uploader');
    const { token, invitationId } = await invite({ email: existing.email });
    const answers = await Promise.all(Array.from({ length: 8 }, () => accept(token, { password: existing.password })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const { rows } = await api.superuser.query(
      `SELECT count(*)::int AS n FROM audit_event WHERE subject_id = $1 AND action = 'invitation.accept'`,
      [invitationId],
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  test('accepted by one new person at two organizations at once makes one account', async () => {
    const { email, token } = await invite();
    const elsewhere = await api.makeOrganization();
    const second = await invite({ email, from: await api.signIn(await api.makeMember(elsewhere, 'administrator')) });
    const answers = await Promise.all([accept(token), accept(second.token)]);
    const refusals = answers.filter(({ status }) => status !== 200).map(errorCodeOf);
    expect(refusals.filter((code) => code !== 'email-taken')).toEqual([]);
    expect(await api.authDatabase.person.count({ where: { email } })).toBe(1);
  });

  test('that ran out, was revoked, replaced or never made opens nothing, and all look alike', async () => {
    const [expired, revoked, replaced] = [await invite(), await invite(), await invite()];
    await api.superuser.query(`UPDATE auth.invitation SET expires_at = now() - interval '1 second' WHERE email = $1`, [
      expired.email,
    ]);
    expect((await office.mutate('invitations.revoke', { invitationId: revoked.invitationId })).status).toBe(200);
    const newest = await invite({ email: replaced.email });
    const answers = await Promise.all(
      [expired.token, revoked.token, replaced.token, 'never-made'].flatMap((token) => [
        accept(token),
        api.visitor().query('invitations.find', { token }),
      ]),
    );
    for (const answer of answers) {
      const { data } = errorOf(answer.body);
      expect(data.hikyaku).toMatchObject({ code: 'invitation-not-open', details: {} });
    }
    expect((await accept(newest.token)).status).toBe(200);
    expect(await api.authDatabase.person.count({ where: { email: { in: [expired.email, revoked.email] } } })).toBe(0);
  });

  test('revoked twice is not found the second time', async () => {
    const { invitationId } = await invite();
    await office.mutate('invitations.revoke', { invitationId });
    expect(errorCodeOf(await office.mutate('invitations.revoke', { invitationId }))).toBe('not-found');
  });

  test('of somebody who has an account asks for their password, and changes it not', async () => {
    const existing = await api.makeMember(await api.makeOrganization(), 'uploader');
    const { token } = await invite({ email: existing.email });
    expect(errorCodeOf(await accept(token, { password: 'not their password' }))).toBe('wrong-credentials');
    expect((await accept(token, { password: existing.password })).status).toBe(200);
    await api.signIn(existing);
    expect(await api.authDatabase.membership.count({ where: { personId: existing.id } })).toBe(2);
  });

  test('of a new person asks for a password long enough and a name without control characters', async () => {
    const { token } = await invite();
    const short = errorOf((await accept(token, { password: 'short' })).body);
    expect(short.data.hikyaku).toMatchObject({ code: 'password-too-short', details: { minimum: 12 } });
    expect(errorCodeOf(await accept(token, { name: 'A\u0000B' }))).toBe('invalid-input');
    expect(errorCodeOf(await accept(token, { name: '  ' }))).toBe('invalid-input');
    expect((await accept(token)).status).toBe(200);
  });

  test('is listed while it is open, without its token', async () => {
    const { email, token } = await invite();
    const before = await office.query('invitations.list');
    expect(before.body).toContain(email);
    expect(before.body).not.toContain(token);
    await accept(token);
    expect((await office.query('invitations.list')).body).not.toContain(email);
    expect((await office.query('members.list')).body).toContain(email);
  });

  test('to an address in other letters is the same invitation', async () => {
    const { email, token } = await invite();
    await invite({ email: email.toUpperCase() });
    expect(errorCodeOf(await accept(token))).toBe('invitation-not-open');
  });
});

describe('an invitation whose mail can not be sent', () => {
  test('is told as an error, and nobody is left with a link that works', async () => {
    const lost = await api.startAnother({ SMTP_URL: 'smtp://127.0.0.1:1' });
    const answer = await fetch(new URL('/api/trpc/invitations.create', lost.url), {
      method: 'POST',
      headers: {
        origin: portalUrl,
        'content-type': 'application/json',
        cookie: [...office.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ json: { email: 'lost@company.example', role: 'uploader' } }),
    });
    const { data } = errorOf(await answer.text());
    expect(data.hikyaku.code).toBe('internal');
    expect(
      await api.authDatabase.invitation.count({ where: { email: 'lost@company.example', status: 'pending' } }),
    ).toBe(0);
  });
});

let invited = 0;

async function invite({
  from = office,
  ...options
}: { email?: string; role?: string; locale?: string; from?: ApiClient } = {}) {
  invited += 1;
  const email = options.email ?? `invited-${invited}-${organization.slug}@company.example`;
  const { mail: catcher } = testCloud();
  const before = new Set((await catcher?.list())?.map(({ id }) => id));
  const answer = await from.mutate('invitations.create', { role: 'uploader', ...options, email });
  const { invitationId } = dataOf(answer, z.object({ invitationId: z.uuid() }));
  const mails = (await catcher?.list()) ?? [];
  const mail = mails.find(
    ({ id, envelopeTo }) => !before.has(id) && envelopeTo[0]?.toLowerCase() === email.toLowerCase(),
  );
  const token = /\/invitation\/([\w-]{43})/.exec(mail?.text ?? '')?.[1];
  if (!mail || !token) throw new Error('no mail with a link was caught');
  return { email, invitationId, mail, token };
}

function accept(token: string, changes: { name?: string; password?: string } = {}) {
  return api.visitor().mutate('invitations.accept', { token, name: 'New Person', password, ...changes });
}
