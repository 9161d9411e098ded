import type { Pool } from 'pg';

/**
 * Says for a living worker that its run has lost its claim, or that it doesn't know whether it got one: that is no try of
 * the file's. Where nobody has taken over it is in line again after `retrySeconds`, doubled each time, at most an hour.
 * Changes nothing where the run ended in another way, or never began.
 */
export async function withdrawClaim(pool: Pool, runId: string, { retrySeconds }: { retrySeconds: number }) {
  await pool.query('SELECT withdraw_claim($1, $2)', [runId, retrySeconds]);
}
