import { listKeyReferences } from '@hikyaku/db/ledger';
import type { KeyStore } from '@hikyaku/encryption/key-store';
import { HikyakuError } from '@hikyaku/types';
import type { Pool } from 'pg';

export interface OrganizationIdentities {
  /** Those in use first. */
  identities: string[];
  /** How many registered keys have no private part here. */
  missing: number;
}

/**
 * The private keys of one organization, and of no other: its references are read under its own rights.
 *
 * @throws HikyakuError `no-key` where it has none registered; `key-unavailable` (retriable) where none of them is here, or
 * one may not be used
 */
export async function findIdentities(
  pool: Pool,
  keyStore: KeyStore | undefined,
  organizationId: string,
): Promise<OrganizationIdentities> {
  const references = await listKeyReferences(pool, organizationId);
  if (references.length === 0) throw new HikyakuError('no-key');
  const found = keyStore ? await Promise.all(references.map((reference) => keyStore.find(reference))) : [];
  const identities = found.filter((identity) => identity !== undefined);
  if (identities.length === 0) throw keysMissing(references.length);
  return { identities, missing: references.length - identities.length };
}

/** Somebody has to bring them: until then the file may be one for us, and is not refused. */
export function keysMissing(missing: number): HikyakuError {
  return new HikyakuError('key-unavailable', { details: { missing }, retriable: true });
}
