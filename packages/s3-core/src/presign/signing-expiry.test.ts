import { describe, expect, test } from 'vitest';
import { createS3Client } from '../create-s3-client.ts';
import { signingExpiry } from './signing-expiry.ts';

const now = new Date('2026-11-22T00:00:00.500Z');
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const clientWith = (credentials: { sessionToken?: string; expiration?: Date }) => ({
  config: {
    ...createS3Client({ region: 'ap-northeast-1' }).config,
    credentials: async () => ({ accessKeyId: 'AKIA', secretAccessKey: 's', ...credentials }),
  },
});

test.each([
  ['of a key that lasts: as asked', {}, 900, 900, 'requested'],
  ['of a key that lasts: at most seven days', {}, 700_000, 604_800, 'sigv4-maximum'],
  ['exactly seven days is what was asked', {}, 604_800, 604_800, 'requested'],
  ['of a role: as asked, while it lasts', { sessionToken: 't', expiration: after(3_600) }, 900, 900, 'requested'],
  ['of a role: no longer than it lasts', { sessionToken: 't', expiration: after(100) }, 900, 100, 'credentials'],
  ['of a role: whole seconds, never beyond', { sessionToken: 't', expiration: after(100.9) }, 900, 100, 'credentials'],
  ['of a token that says no end: nobody knows', { sessionToken: 't' }, 900, 900, 'unknown'],
  ['of such a token, for long: nobody knows either', { sessionToken: 't' }, 700_000, 604_800, 'unknown'],
] as const)('%s', async (_what, credentials, asked, seconds, limitedBy) => {
  expect(await signingExpiry(clientWith(credentials), asked, now)).toEqual({
    expiresAt: after(seconds),
    limitedBy,
    lifetimeSeconds: seconds,
  });
});

test('with credentials that ended nothing is signed that would be refused at once', async () => {
  const over = clientWith({ sessionToken: 't', expiration: after(0.9) });
  await expect(signingExpiry(over, 900, now)).rejects.toMatchObject({ code: 'expired-credentials' });
});

test('without credentials the failure has its name', async () => {
  const none = { config: { ...clientWith({}).config, credentials: () => Promise.reject(new Error('none')) } };
  await expect(signingExpiry(none, 900)).rejects.toMatchObject({ code: 'no-credentials' });
});

describe('a lifetime that is none', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%s', async (asked) => {
    await expect(signingExpiry(clientWith({}), asked)).rejects.toThrow(RangeError);
  });
});
