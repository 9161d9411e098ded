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
