import type { AppTransaction } from './app-database.ts';

export interface OrganizationKey {
  id: string;
  publicKey: string;
  /** `worker`: a worker's key store has the private part. `organization`: no worker has it, until one is given it. */
  heldBy: 'worker' | 'organization';
  /** Of what an administrator registered. */
  label: string | null;
  createdAt: Date;
  retiredAt: Date | null;
}

/**
 * The public parts of age's keys, those in use first, newest first. Where the private parts lie is the worker's alone to know.
 */
export async function listOrganizationKeys(transaction: AppTransaction): Promise<OrganizationKey[]> {
  const keys = await transaction.organizationKey.findMany({
    where: { kind: 'age' },
    select: { id: true, publicKey: true, heldBy: true, label: true, createdAt: true, retiredAt: true },
    orderBy: [{ retiredAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }],
  });
  return keys.flatMap(({ publicKey, heldBy, ...rest }): OrganizationKey[] =>
    publicKey === null ? [] : [{ publicKey, heldBy: heldBy === 'worker' ? 'worker' : 'organization', ...rest }],
  );
}

/** Until the transaction ends nobody else puts a key of the organization in use. */
export async function lockKeys(transaction: AppTransaction): Promise<void> {
  await transaction.$queryRaw`
    SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended('organization_key ' || current_organization_id(), 0))) AS locked`;
}

/** Keys of age. */
export function countKeysInUse(transaction: AppTransaction): Promise<number> {
  return transaction.organizationKey.count({ where: { kind: 'age', retiredAt: null } });
}

export async function isKeyRetired(transaction: AppTransaction, id: string): Promise<boolean> {
  return (await transaction.organizationKey.count({ where: { id, kind: 'age', retiredAt: { not: null } } })) > 0;
}

export interface HeldKey {
  id: string;
  organizationId: string;
  /** `age1…` */
  publicKey: string;
  label: string;
}

/** Registers a key of age whose private part the organization keeps. A key that is registered already violates the unique index. */
export async function addHeldKey(transaction: AppTransaction, { id, ...key }: HeldKey): Promise<void> {
  await transaction.organizationKey.create({
    // The one name under which the database lets the application register a key.
    data: { id, ...key, heldBy: 'organization', privateKeyReference: `own-${id}.key` },
    select: { id: true },
  });
}

/** From now on nobody should encrypt for it. False where there is none of that id in use. */
export async function retireOrganizationKey(transaction: AppTransaction, id: string): Promise<boolean> {
  const { count } = await transaction.organizationKey.updateMany({
    where: { id, kind: 'age', retiredAt: null },
    data: { retiredAt: new Date() },
  });
  return count > 0;
}

/** Takes a retirement back. */
export async function restoreOrganizationKey(transaction: AppTransaction, id: string): Promise<void> {
  await transaction.organizationKey.updateMany({ where: { id, kind: 'age' }, data: { retiredAt: null } });
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
