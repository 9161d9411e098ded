import { listKeyReferences } from '@hikyaku/db/ledger';
import type { KeyStore } from '@hikyaku/encryption/key-store';
import type { DecryptionKeys } from '@hikyaku/ingest';
import { HikyakuError } from '@hikyaku/types';
import type { Pool } from 'pg';

export interface OrganizationKeys {
  /** Those in use first. */
  keys: DecryptionKeys;
  /** How many registered keys have no private part here. */
  missing: number;
}

/**
 * The private keys of one organization, and of no other: its references are read under its own rights.
 *
 * @throws HikyakuError `no-key` where it has none registered; `key-unavailable` (retriable) where none of them is here, or
 * one may not be used
 */
export async function findKeys(
  pool: Pool,
  keyStore: KeyStore | undefined,
  organizationId: string,
): Promise<OrganizationKeys> {
  const references = await listKeyReferences(pool, organizationId);
  if (references.length === 0) throw new HikyakuError('no-key');
  const found = keyStore ? await Promise.all(references.map((reference) => keyStore.find(reference))) : [];
  const keys: DecryptionKeys = {
    identities: found.flatMap((key) => (key?.kind === 'age' ? [key.identity] : [])),
    openPgpKeys: found.flatMap((key) => (key?.kind === 'openpgp' ? [key.privateKey] : [])),
    passphrases: found.flatMap((key) => (key?.kind === 'passphrase' ? [key.passphrase] : [])),
  };
  const missing = references.length - found.filter((key) => key !== undefined).length;
  if (missing === references.length) throw keysMissing(missing);
  return { keys, missing };
}

/** Somebody has to bring them: until then the file may be one for us, and is not refused. */
export function keysMissing(missing: number): HikyakuError {
  return new HikyakuError('key-unavailable', { details: { missing }, retriable: true });
}
