import type { ApiTokenScope } from '@hikyaku/types';

/** A message's key can't hold a colon. */
export const scopeTextKeys = {
  'uploads:write': 'write',
  'uploads:read': 'read',
} as const satisfies Record<ApiTokenScope, string>;

export const scopes = ['uploads:write', 'uploads:read'] as const satisfies ApiTokenScope[];
