import type { AccessPolicies, NamedPolicy } from './access-policies.ts';

/** All of them, of whatever layer. */
export function policiesIn(policies: AccessPolicies): NamedPolicy[] {
  const { identity = [], permissionsBoundary, session = [], serviceControl = [], resourceControl = [] } = policies;
  const { resource, endpoint } = policies;
  return [
    ...identity,
    ...(permissionsBoundary ? [permissionsBoundary] : []),
    ...session,
    ...serviceControl.flat(),
    ...resourceControl.flat(),
    ...(resource ? [resource] : []),
    ...(endpoint ? [endpoint.policy] : []),
  ];
}
