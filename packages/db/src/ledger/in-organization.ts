import type { Pool, PoolClient } from 'pg';

/** A transaction in the name of one organization, on the worker's own pool. */
export async function inOrganization<T>(
  pool: Pool,
  organizationId: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await beginInOrganization(client, organizationId);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that can't even roll back is thrown away instead of going back to the pool.
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Begins a transaction that sees this organization only; the setting ends with it. */
export async function beginInOrganization(client: PoolClient, organizationId: string): Promise<void> {
  await client.query('BEGIN');
  await client.query(`SELECT set_config('hikyaku.organization_id', $1, true)`, [organizationId]);
}
