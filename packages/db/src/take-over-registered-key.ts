import { Client } from 'pg';

/**
 * Has the private part of a key kept whose public part the organization has registered already, under the name at which workers
 * look for it; from then on it counts as held by one. Needs the owner's URL.
 *
 * @param key.organization its id or its slug
 * @param keep what it throws leaves all as it was
 * @returns false where the organization has registered no such key
 */
export async function takeOverRegisteredKey(
  ownerUrl: string,
  key: { organization: string; publicKey: string },
  keep: (privateKeyReference: string) => Promise<void>,
): Promise<boolean> {
  const client = new Client(ownerUrl);
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ id: string; organization_id: string; private_key_reference: string }>(
      `UPDATE organization_key k SET held_by = 'worker' FROM auth.organization o
        WHERE k.organization_id = o.id AND (o.slug = $1 OR o.id::text = $1) AND k.public_key = $2
       RETURNING k.id, k.organization_id, k.private_key_reference`,
      [key.organization, key.publicKey],
    );
    const [found] = rows;
    if (!found) return false;
    await client.query(
      `INSERT INTO audit_event (organization_id, action, subject, subject_id, details)
       VALUES ($1, 'key.take-over', 'key', $2, $3)`,
      [found.organization_id, found.id, { publicKey: key.publicKey }],
    );
    await keep(found.private_key_reference);
    await client.query('COMMIT');
    return true;
  } finally {
    await client.end();
  }
}
