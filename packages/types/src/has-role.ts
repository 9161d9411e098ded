import type { OrganizationRole } from './roles.ts';

const rank = { uploader: 1, operator: 2, administrator: 3 } as const satisfies Record<OrganizationRole, number>;

/** An administrator may do what an operator may, and an operator what an uploader may. */
export function hasRole(actual: OrganizationRole, needed: OrganizationRole): boolean {
  return rank[actual] >= rank[needed];
}
