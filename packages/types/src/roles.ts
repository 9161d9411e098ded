import { z } from 'zod';

/** Roles within an organization, from least to most. */
export const organizationRole = z.enum(['uploader', 'operator', 'administrator']);
export type OrganizationRole = z.infer<typeof organizationRole>;

const rank = { uploader: 1, operator: 2, administrator: 3 } as const satisfies Record<OrganizationRole, number>;

/** An administrator may do what an operator may, and an operator what an uploader may. */
export function hasRole(actual: OrganizationRole, needed: OrganizationRole): boolean {
  return rank[actual] >= rank[needed];
}
