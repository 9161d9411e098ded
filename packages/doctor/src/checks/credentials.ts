import type { Check } from '../check.ts';

/** What is signed with a session dies with it; below this a longer job won't get through. */
const shortMilliseconds = 5 * 60_000;

export const credentials: Check = {
  id: 'credentials',
  standsOn: [],
  async look({ s3, now }) {
    const { expiration, sessionToken } = await s3.config.credentials();
    const kind = sessionToken ? 'temporary' : 'long-lived';
    if (!expiration) return { state: 'ok', details: { kind } };
    const seconds = Math.round((expiration.getTime() - now().getTime()) / 1_000);
    const details = { kind, expiresAt: expiration.toISOString(), seconds };
    return seconds * 1_000 < shortMilliseconds
      ? { state: 'warn', reason: 'credentials-ending', details }
      : { state: 'ok', details };
  },
};
