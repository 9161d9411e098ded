import type { AccessPolicies, BucketSettings, NamedPolicy } from './access-policies.ts';
import { type CompiledPolicy, compilePolicy } from './compile-policy.ts';
import { isPublicPolicy } from './is-public-policy.ts';
import type { PolicyLayer } from './layer.ts';

/** Policies made ready for many decisions. It holds no state that a decision could change. */
export interface CompiledAccess {
  source: AccessPolicies;
  identity: readonly CompiledPolicy[];
  permissionsBoundary?: CompiledPolicy;
  session?: readonly CompiledPolicy[];
  serviceControl: readonly (readonly CompiledPolicy[])[];
  resourceControl: readonly (readonly CompiledPolicy[])[];
  resource?: CompiledPolicy;
  endpoint?: CompiledPolicy;
  bucket: BucketSettings;
  isResourcePolicyPublic: boolean;
}

export function compileAccess(policies: AccessPolicies): CompiledAccess {
  const { permissionsBoundary, session, resource, endpoint } = policies;
  return {
    source: policies,
    identity: compileAll(policies.identity ?? [], 'identity-policy'),
    ...(permissionsBoundary
      ? { permissionsBoundary: compilePolicy(permissionsBoundary, { layer: 'permissions-boundary' }) }
      : {}),
    ...(session ? { session: compileAll(session, 'session-policy') } : {}),
    serviceControl: (policies.serviceControl ?? []).map((level) => compileAll(level, 'service-control-policy')),
    resourceControl: (policies.resourceControl ?? []).map((level) => compileAll(level, 'resource-control-policy')),
    ...(resource ? { resource: compilePolicy(resource, { layer: 'resource-policy' }) } : {}),
    ...(endpoint
      ? {
          endpoint: compilePolicy(endpoint.policy, {
            layer: 'endpoint-policy',
            isGatewayEndpoint: endpoint.type === 'gateway',
          }),
        }
      : {}),
    bucket: policies.bucket ?? {},
    isResourcePolicyPublic: resource !== undefined && isPublicPolicy(resource.policy),
  };
}

function compileAll(policies: readonly NamedPolicy[], layer: PolicyLayer): CompiledPolicy[] {
  return policies.map((policy) => compilePolicy(policy, { layer }));
}
