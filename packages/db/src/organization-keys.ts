import type { AppTransaction } from './app-database.ts';

export interface OrganizationKey {
  id: string;
  publicKey: string;
  createdAt: Date;
  retiredAt: Date | null;
}

/**
 * The public parts of age's keys, those in use first, newest first. Where the private parts lie is the worker's alone to know.
 */
export async function listOrganizationKeys(transaction: AppTransaction): Promise<OrganizationKey[]> {
  const keys = await transaction.organizationKey.findMany({
    where: { kind: 'age' },
    select: { id: true, publicKey: true, createdAt: true, retiredAt: true },
    orderBy: [{ retiredAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
  });
  return keys.flatMap(({ publicKey, ...rest }) => (publicKey === null ? [] : [{ publicKey, ...rest }]));
}

/** Whom files are encrypted for: an `age1…` recipient, or an OpenPGP certificate in armor. */
export interface Recipient {
  kind: 'age' | 'openpgp';
  publicKey: string;
  createdAt: Date;
}

/** The public parts of the keys in use, newest first. */
export async function listRecipients(transaction: AppTransaction): Promise<Recipient[]> {
  const keys = await transaction.organizationKey.findMany({
    where: { kind: { in: ['age', 'openpgp'] }, retiredAt: null },
    select: { kind: true, publicKey: true, certificate: true, createdAt: true },
    orderBy: { createdAt: 'desc' },
  });
  return keys.flatMap(({ kind, publicKey: recipient, certificate, createdAt }): Recipient[] => {
    const publicKey = kind === 'openpgp' ? certificate : recipient;
    return publicKey ? [{ kind: kind === 'openpgp' ? kind : 'age', publicKey, createdAt }] : [];
  });
}
