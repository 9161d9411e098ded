import type { AccessPolicies, NamedPolicy } from '../evaluate/access-policies.ts';
import type { AccessRequest, RequestPrincipal } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { type ObjectKey, keyRequestsOf } from '../evaluate/key-requests-of.ts';
import { type PolicyLayer, policyLayers } from '../evaluate/layer.ts';
import { principalOf } from '../evaluate/principal-of.ts';
import { requester } from '../evaluate/requester.ts';
import type { Statement } from '../policy-document.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import { type AccessDeniedMessage, parseAccessDeniedMessage } from './access-denied-message.ts';
import { explain } from './explain.ts';
import type { Explanation } from './explanation.ts';

/** A request that was answered with 403, and what is known of it. */
export interface DeniedRequest {
  /** As `aws sts get-caller-identity` says it. */
  callerArn: string;
  action: string;
  /** An ARN. */
  resource: string;
  /** The caller's account, where it isn't said. */
  resourceAccountId?: string;
  context?: AccessRequest['context'];
  /** What could be read. `none`: it was looked for, and there is none. Left out: nobody knows. */
  policies: {
    identity?: readonly NamedPolicy[];
    permissionsBoundary?: NamedPolicy | 'none';
    session?: readonly NamedPolicy[] | 'none';
    serviceControl?: NonNullable<AccessPolicies['serviceControl']> | 'none';
    resourceControl?: NonNullable<AccessPolicies['resourceControl']> | 'none';
    resource?: NamedPolicy | 'none';
    endpoint?: NonNullable<AccessPolicies['endpoint']> | 'none';
  };
  bucket?: AccessPolicies['bucket'];
  /** What the object is encrypted with, and the key's own policy, where that could be read. */
  key?: ObjectKey & { policy?: NamedPolicy };
  /** The error's message. */
  message?: string;
}

/** Why a request was denied, as far as what is known tells it. */
export type Denial =
  /** What could be read denies it, whatever the rest says. */
  | { certainty: 'sure'; explanation: Explanation; unread: readonly PolicyLayer[] }
  /** AWS said which kind of policy it was; `explanation` is of the policies, if any of them shows it. */
  | { certainty: 'told'; told: AccessDeniedMessage; request: AccessRequest; unread: readonly PolicyLayer[] }
  /** What could be read allows it: so it lies in one of these, the likeliest first, or not in policies at all. */
  | { certainty: 'elsewhere'; request: AccessRequest; unread: readonly PolicyLayer[]; mayBeKey: boolean }
  /** Nobody can be made out of the caller's name. */
  | { certainty: 'unknown-caller' };

/**
 * Answers "why 403?" with what a program has at hand. What it couldn't read counts as allowing everything: if the request is
 * denied even so, then the cause is found for sure; otherwise it says where to look.
 */
export function whyDenied(denied: DeniedRequest): Denial {
  const principal = principalOf(denied.callerArn);
  if (!principal) return { certainty: 'unknown-caller' };
  const told = denied.message === undefined ? undefined : parseAccessDeniedMessage(denied.message);
  const request = requestOf(denied, principal);
  const unread = unreadLayers(denied);
  const explanation = explain(compileAccess(hopefully(denied, request)), request);
  if (explanation.decision.outcome !== 'Allowed') return { certainty: 'sure', explanation, unread };
  const ofKey = deniedByKey(denied, request);
  if (ofKey) return { certainty: 'sure', explanation: ofKey, unread };
  if (told) return { certainty: 'told', told, request, unread };
  const mayBeKey = denied.key?.policy === undefined && isOfObject(request);
  return { certainty: 'elsewhere', request, unread, mayBeKey };
}

function requestOf(denied: DeniedRequest, principal: RequestPrincipal): AccessRequest {
  const { action, resource, context } = denied;
  const resourceAccountId = denied.resourceAccountId ?? requester(principal).accountId ?? '';
  return { principal, action, resource, resourceAccountId, ...(context ? { context } : {}) };
}

function deniedByKey(denied: DeniedRequest, request: AccessRequest): Explanation | undefined {
  const { key } = denied;
  if (!key) return undefined;
  const policies = hopefully(denied, request);
  const { identity, permissionsBoundary, session, serviceControl } = policies;
  const access = compileAccess({
    ...(identity ? { identity } : {}),
    ...(permissionsBoundary ? { permissionsBoundary } : {}),
    ...(session ? { session } : {}),
    ...(serviceControl ? { serviceControl } : {}),
    resource: key.policy ?? allowing({ Principal: '*' }),
  });
  return keyRequestsOf(request, key)
    .map((own) => explain(access, own))
    .find(({ decision }) => decision.outcome !== 'Allowed');
}

/** The policies with the unread ones as kind as they could be. */
function hopefully({ policies, bucket }: DeniedRequest, request: AccessRequest): AccessPolicies {
  const { permissionsBoundary, session, serviceControl, resourceControl, resource, endpoint } = policies;
  const isOwn = requester(request.principal).accountId === request.resourceAccountId;
  return {
    identity: policies.identity ?? [allowing({})],
    ...(isGiven(permissionsBoundary) ? { permissionsBoundary } : {}),
    ...(isGiven(session) ? { session } : {}),
    ...(isGiven(serviceControl) ? { serviceControl } : {}),
    ...(isGiven(resourceControl) ? { resourceControl } : {}),
    ...(isGiven(endpoint) ? { endpoint } : {}),
    ...(isGiven(resource) ? { resource } : {}),
    // Unread, it may be what allows; of another account it has to.
    ...(resource === undefined && (!isOwn || policies.identity !== undefined)
      ? { resource: allowing({ Principal: '*' }) }
      : {}),
    ...(bucket ? { bucket } : {}),
  };
}

function isGiven<Value extends object>(value: Value | 'none' | undefined): value is Value {
  return value !== undefined && value !== 'none';
}

/** The likeliest first. */
function unreadLayers({ policies, resource }: DeniedRequest): PolicyLayer[] {
  const known: Partial<Record<PolicyLayer, unknown>> = {
    'identity-policy': policies.identity,
    'resource-policy': policies.resource,
    'permissions-boundary': policies.permissionsBoundary,
    'session-policy': policies.session,
    'service-control-policy': policies.serviceControl,
    'resource-control-policy': policies.resourceControl,
    'endpoint-policy': policies.endpoint,
  };
  const likeliest: readonly PolicyLayer[] = ['identity-policy', 'resource-policy'];
  return [...likeliest, ...policyLayers.filter((layer) => !likeliest.includes(layer))].filter(
    (layer) => known[layer] === undefined && (layer !== 'resource-policy' || resource !== '*'),
  );
}

function isOfObject({ action, resource }: AccessRequest): boolean {
  return action.toLowerCase().startsWith('s3:') && resource.includes('/');
}

/** Stands for a policy that nobody could read. */
function allowing(more: Pick<Statement, 'Principal'>): NamedPolicy {
  const { policy } = policyFrom({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...more, Action: '*', Resource: '*' }],
  });
  if (!policy) throw new Error('what allows everything is a policy');
  return { name: '?', policy };
}
