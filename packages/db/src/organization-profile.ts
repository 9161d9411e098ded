import type { AppTransaction } from './app-database.ts';

export interface OrganizationProfile {
  id: string;
  name: string;
  slug: string;
  /** IANA name. */
  timeZone: string;
}

/** The transaction's own organization. */
export async function findOrganization(transaction: AppTransaction): Promise<OrganizationProfile | undefined> {
  return (await transaction.organizationProfile.findFirst()) ?? undefined;
}
