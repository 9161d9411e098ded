import type { AccessPolicies, NamedPolicy } from '../evaluate/access-policies.ts';
import type { PolicyLayer } from '../evaluate/layer.ts';
import type { Statement } from '../policy-document.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import type { Policy, PolicyStatement } from '../policy/policy.ts';

/** A copy in which every policy was put through `edit`. */
export function editPolicies(policies: AccessPolicies, edit: (named: NamedPolicy) => NamedPolicy): AccessPolicies {
  const { identity, permissionsBoundary, session, serviceControl, resourceControl, resource, endpoint } = policies;
  return {
    ...policies,
    ...(identity ? { identity: identity.map(edit) } : {}),
    ...(permissionsBoundary ? { permissionsBoundary: edit(permissionsBoundary) } : {}),
    ...(session ? { session: session.map(edit) } : {}),
    ...(serviceControl ? { serviceControl: serviceControl.map((level) => level.map(edit)) } : {}),
    ...(resourceControl ? { resourceControl: resourceControl.map((level) => level.map(edit)) } : {}),
    ...(resource ? { resource: edit(resource) } : {}),
    ...(endpoint ? { endpoint: { ...endpoint, policy: edit(endpoint.policy) } } : {}),
  };
}

/** A copy without one statement, or with another in its place. */
export function replaceStatement(
  policies: AccessPolicies,
  statement: PolicyStatement,
  instead?: PolicyStatement,
): AccessPolicies {
  return editPolicies(policies, ({ name, policy }) => {
    if (!policy.statements.includes(statement)) return { name, policy };
    const statements = policy.statements.flatMap((own) => (own === statement ? (instead ?? []) : own));
    return { name, policy: { ...policy, statements } };
  });
}

/** A copy with a statement more; on each level, where a layer has several. */
export function addStatement(policies: AccessPolicies, layer: PolicyLayer, statement: Statement): AccessPolicies {
  const added = policyFrom({ Version: '2012-10-17', Statement: [statement] }).policy;
  if (!added) return policies;
  const own: NamedPolicy = { name: 'added', policy: added };
  const join = (named: NamedPolicy | undefined) => (named ? withStatements(named, added) : own);
  const joinLevels = (levels: AccessPolicies['serviceControl']) => levels?.map((level) => [...level, own]) ?? [];
  switch (layer) {
    case 'identity-policy':
      return { ...policies, identity: [...(policies.identity ?? []), own] };
    case 'session-policy':
      return { ...policies, session: [...(policies.session ?? []), own] };
    case 'permissions-boundary':
      return { ...policies, permissionsBoundary: join(policies.permissionsBoundary) };
    case 'resource-policy':
      return { ...policies, resource: join(policies.resource) };
    case 'endpoint-policy':
      return policies.endpoint
        ? { ...policies, endpoint: { ...policies.endpoint, policy: join(policies.endpoint.policy) } }
        : policies;
    case 'service-control-policy':
      return { ...policies, serviceControl: joinLevels(policies.serviceControl) };
    default:
      return { ...policies, resourceControl: joinLevels(policies.resourceControl) };
  }
}

function withStatements({ name, policy }: NamedPolicy, added: Policy): NamedPolicy {
  return { name, policy: { ...policy, statements: [...policy.statements, ...added.statements] } };
}
