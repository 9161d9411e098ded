import type { Pool } from 'pg';
import { z } from 'zod';
import { inOrganization } from './in-organization.ts';

const references = z.array(z.object({ reference: z.string() }));

/** Where the private parts of an organization's keys lie: those in use first, newest first, then the retired ones. */
export async function listKeyReferences(pool: Pool, organizationId: string): Promise<string[]> {
  const { rows } = await inOrganization(pool, organizationId, (client) =>
    client.query(
      `SELECT private_key_reference AS reference FROM organization_key
        ORDER BY retired_at DESC NULLS FIRST, created_at DESC`,
    ),
  );
  return references.parse(rows).map((row) => row.reference);
}
