import { HikyakuError } from '@hikyaku/types';
import { Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';

/** What others may know of a key. */
export type PublicPart =
  | { kind: 'age'; publicKey: string }
  | { kind: 'openpgp'; fingerprint: string; certificate: string }
  | { kind: 'passphrase' };

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
  key: { organization: string; publicPart: PublicPart; privateKeyReference: string },
): Promise<{ id: string; organizationId: string }> {
  const { publicPart } = key;
  const publicKey = publicKeyOf(publicPart);
  const certificate = publicPart.kind === 'openpgp' ? publicPart.certificate : null;
  const client = new Client(ownerUrl);
  await client.connect();
  try {
    const id = uuidv7();
    await client.query('BEGIN');
    const { rows } = await client.query<{ organization_id: string }>(
      `INSERT INTO organization_key (id, organization_id, kind, public_key, certificate, private_key_reference)
       SELECT $1, o.id, $2, $3, $4, $5 FROM auth.organization o WHERE o.slug = $6 OR o.id::text = $6
       RETURNING organization_id`,
      [id, publicPart.kind, publicKey, certificate, key.privateKeyReference, key.organization],
    );
    const organizationId = rows[0]?.organization_id;
    if (!organizationId) throw new HikyakuError('not-found');
    await client.query(
      `INSERT INTO audit_event (organization_id, action, subject, subject_id, details) VALUES ($1, 'key.create', 'key', $2, $3)`,
      [organizationId, id, { kind: publicPart.kind, ...(publicKey === null ? {} : { publicKey }) }],
    );
    await client.query('COMMIT');
    return { id, organizationId };
  } finally {
    await client.end();
  }
}

function publicKeyOf(part: PublicPart): string | null {
  if (part.kind === 'age') return part.publicKey;
  return part.kind === 'openpgp' ? part.fingerprint : null;
}
