import type { AccessPolicies, KeyGrant } from '../evaluate/access-policies.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import { requester } from '../evaluate/requester.ts';
import { allowingEverything } from '../policy/allowing-everything.ts';
import type { Principal } from '../policy-document.ts';
import type { DeniedRequest } from './denied-request.ts';

const standIn = '?';

/** What could be read, with those that nobody could read as kind to this request as they could be. */
export function withUnread(
  { permissionsBoundary, session, serviceControl, resourceControl, endpoint, ...own }: DeniedRequest['policies'],
  request: AccessRequest,
): AccessPolicies {
  const resource = own.resource ?? (request.resource === '*' ? 'none' : resourcePolicyFor(request));
  const sessions = session ?? (request.principal.kind === 'federated-user' ? [allowingEverything(standIn)] : 'none');
  const grants = own.grants ?? (isOfKey(request) ? [grantFor(request)] : 'none');
  return {
    identity: own.identity ?? [allowingEverything(standIn)],
    ...(isGiven(permissionsBoundary) ? { permissionsBoundary } : {}),
    ...(isGiven(sessions) ? { session: sessions } : {}),
    ...(isGiven(serviceControl) ? { serviceControl } : {}),
    ...(isGiven(resourceControl) ? { resourceControl } : {}),
    ...(isGiven(resource) ? { resource } : {}),
    ...(isGiven(endpoint) ? { endpoint } : {}),
    ...(isGiven(grants) ? { grants } : {}),
  };
}

function isGiven<Value extends object>(value: Value | 'none' | undefined): value is Value {
  return value !== undefined && value !== 'none';
}

/** Names the very one who asks: that no boundary and no session policy limits, nor does it make a bucket public. */
function resourcePolicyFor({ principal }: AccessRequest) {
  const { kind, ownName = '*' } = requester(principal);
  const named: Principal = kind === 'anonymous' ? '*' : kind === 'service' ? { Service: ownName } : { AWS: ownName };
  return allowingEverything(standIn, { Principal: named });
}

function isOfKey({ action, principal }: AccessRequest): boolean {
  return action.toLowerCase().startsWith('kms:') && requester(principal).ownName !== undefined;
}

function grantFor({ action, principal }: AccessRequest): KeyGrant {
  const [, operation = ''] = action.split(':');
  return { id: standIn, granteePrincipal: requester(principal).ownName ?? '', operations: [operation] };
}
