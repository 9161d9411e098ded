import type { AccessPolicies, BucketSettings, NamedPolicy } from './access-policies.ts';
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import { isPublicPolicy } from './is-public-policy.ts';
import { type CompiledGrants, compileGrants } from './key-grants.ts';
import type { PolicyLayer } from './layer.ts';
import type { Requester } from './requester.ts';
import { type StatementIndex, statementIndex } from './statement-index.ts';

/** Policies made ready for many decisions. It holds no state that a decision could change. */
export interface CompiledAccess {
  source: AccessPolicies;
  identity: StatementIndex;
  permissionsBoundary?: StatementIndex;
  session?: StatementIndex;
  /** By level. */
  serviceControl: readonly StatementIndex[];
  resourceControl: readonly StatementIndex[];
  resource?: StatementIndex;
  endpoint?: StatementIndex;
  bucket: BucketSettings;
  grants?: CompiledGrants;
  isResourcePolicyPublic: boolean;
  /** The policies that bear on each kind of requester, in the order in which they are asked. */
  bearingOn: Record<Audience, { policies: readonly CompiledPolicy[]; statements: StatementIndex }>;
}

/** Who is reached by which kinds of policies. */
export type Audience = 'identity' | 'service-linked-role' | 'root' | 'no-account';

/**
 * No service control policy reaches services and the anonymous, no organization policy a service-linked role; identity
 * policies, boundary and session policy are not for root.
 */
export function audienceOf({ kind, accountId, isServiceLinkedRole }: Requester): Audience {
  if (accountId === undefined) return 'no-account';
  if (kind === 'root') return 'root';
  return isServiceLinkedRole ? 'service-linked-role' : 'identity';
}

export function compileAccess(policies: AccessPolicies): CompiledAccess {
  const { permissionsBoundary, session, resource, endpoint, bucket = {} } = policies;
  const identity = compileAll(policies.identity ?? [], 'identity-policy');
  const boundary = permissionsBoundary ? compileAll([permissionsBoundary], 'permissions-boundary') : undefined;
  const sessions = session ? compileAll(session, 'session-policy') : undefined;
  const serviceControl = (policies.serviceControl ?? []).map((level) => compileAll(level, 'service-control-policy'));
  const resourceControl = (policies.resourceControl ?? []).map((level) => compileAll(level, 'resource-control-policy'));
  const ofResource = resource ? compileAll([resource], 'resource-policy') : undefined;
  const isGatewayEndpoint = endpoint?.type === 'gateway';
  const ofEndpoint = endpoint
    ? [compilePolicy(endpoint.policy, { layer: 'endpoint-policy', isGatewayEndpoint })]
    : undefined;

  const ofOrganization = resourceControl.flat();
  const ofPlace = [...(ofEndpoint ?? []), ...(ofResource ?? [])];
  const ofPrincipal = [...identity, ...(boundary ?? []), ...(sessions ?? [])];
  return {
    source: policies,
    identity: statementIndex(identity),
    ...(boundary ? { permissionsBoundary: statementIndex(boundary) } : {}),
    ...(sessions ? { session: statementIndex(sessions) } : {}),
    serviceControl: serviceControl.map(statementIndex),
    resourceControl: resourceControl.map(statementIndex),
    ...(ofResource ? { resource: statementIndex(ofResource) } : {}),
    ...(ofEndpoint ? { endpoint: statementIndex(ofEndpoint) } : {}),
    bucket,
    ...(policies.grants ? { grants: compileGrants(policies.grants) } : {}),
    isResourcePolicyPublic: resource !== undefined && isPublicPolicy(resource.policy),
    bearingOn: {
      identity: bearing([...serviceControl.flat(), ...ofOrganization, ...ofPlace, ...ofPrincipal]),
      'service-linked-role': bearing([...ofPlace, ...ofPrincipal]),
      root: bearing([...serviceControl.flat(), ...ofOrganization, ...ofPlace]),
      'no-account': bearing([...ofOrganization, ...ofPlace]),
    },
  };
}

function bearing(policies: readonly CompiledPolicy[]) {
  return { policies, statements: statementIndex(policies) };
}

function compileAll(policies: readonly NamedPolicy[], layer: PolicyLayer): CompiledPolicy[] {
  return policies.map((policy) => compilePolicy(policy, { layer }));
}
