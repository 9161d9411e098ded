import type { OrganizationRole } from '@hikyaku/types';
import { createAccessControl } from 'better-auth/plugins/access';
import { defaultStatements } from 'better-auth/plugins/organization/access';

/** better-auth wants to know our roles; what each may do is said by the procedures. */
export const accessControl = createAccessControl(defaultStatements);

export const roles = {
  uploader: accessControl.newRole({}),
  operator: accessControl.newRole({}),
  administrator: accessControl.newRole({}),
} as const satisfies Record<OrganizationRole, unknown>;
