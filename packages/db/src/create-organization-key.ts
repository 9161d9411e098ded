import { HikyakuError } from '@hikyaku/types';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';

/**
 * Registers a key that files of an organization may be encrypted for. Needs the owner's URL: the application itself only
 * reads keys.
 *
 * @param key.organization its id or its slug
 * @param key.privateKeyReference the name of the private part in the worker's key store; never the key
 * @throws HikyakuError `not-found` for an organization that isn't
 */
export async function createOrganizationKey(
  ownerUrl: string,
  key: { organization: string; publicKey: string; privateKeyReference: string },
): Promise<{ id: string; organizationId: string }> {
  const client = new Client(ownerUrl);
  await client.connect();
  try {
    const id = uuidv7();
    await client.query('BEGIN');
    const { rows } = await client.query<{ organization_id: string }>(
      `INSERT INTO organization_key (id, organization_id, public_key, private_key_reference)
       SELECT $1, o.id, $2, $3 FROM auth.organization o WHERE o.slug = $4 OR o.id::text = $4
       RETURNING organization_id`,
      [id, key.publicKey, key.privateKeyReference, key.organization],
    );
    const organizationId = rows[0]?.organization_id;
    if (!organizationId) throw new HikyakuError('not-found');
    await client.query(
      `INSERT INTO audit_event (organization_id, action, subject, subject_id, details) VALUES ($1, 'key.create', 'key', $2, $3)`,
      [organizationId, id, { publicKey: key.publicKey }],
    );
    await client.query('COMMIT');
    return { id, organizationId };
  } finally {
    await client.end();
  }
}
