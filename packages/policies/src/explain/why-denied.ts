import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { decide } from '../evaluate/decide.ts';
import { keyRequestsOf } from '../evaluate/key-requests-of.ts';
import { type PolicyLayer, policyLayers } from '../evaluate/layer.ts';
import { principalOf } from '../evaluate/principal-of.ts';
import { requester } from '../evaluate/requester.ts';
import { type AccessDeniedMessage, parseAccessDeniedMessage } from './access-denied-message.ts';
import type { DeniedRequest } from './denied-request.ts';
import { explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { possibleCallers } from './possible-callers.ts';
import { atTheirKindest, unknownKeysIn } from './unknown-context.ts';
import { withUnread } from './with-unread.ts';

/** Why a request was denied, as far as what is known tells it. */
export type Denial =
  /** AWS said which kind of policy it was; `explanation` is there where what could be read shows it, too. */
  | {
      certainty: 'told';
      told: AccessDeniedMessage;
      request: AccessRequest;
      unread: readonly PolicyLayer[];
      explanation?: Explanation;
    }
  /** What could be read denies it, whatever the rest says, and whatever the request says of itself that nobody knows. */
  | { certainty: 'sure'; explanation: Explanation; unread: readonly PolicyLayer[] }
  /** What could be read may allow it: so it lies in one of these, or not in policies at all. */
  | ({ certainty: 'elsewhere'; request: AccessRequest } & Suspects)
  /** Nobody can be made out of the caller's name. */
  | { certainty: 'unknown-caller' };

/** Where the cause of a denial may lie, the likeliest first. */
interface Suspects {
  /** Condition keys that a statement asks for, and of which it isn't known what the request said. */
  conditions: readonly string[];
  /** A role in a folder would be allowed, and whether the caller's lies there its session's name doesn't tell. */
  mayBePath: boolean;
  /** The likeliest first. */
  unread: readonly PolicyLayer[];
  mayBeKey: boolean;
}

/**
 * Answers "why 403?" with what a program has at hand. What AWS says itself goes before everything. What couldn't be read counts as
 * allowing everything, and what the request said, where that isn't known, as what would be best for it: if it is denied even so,
 * the cause is found for sure; otherwise this says where to look.
 */
export function whyDenied(denied: DeniedRequest): Denial {
  const principal = principalOf(denied.callerArn);
  if (!principal) return { certainty: 'unknown-caller' };
  const told = denied.message === undefined ? undefined : parseAccessDeniedMessage(denied.message);
  const { action, resource, context } = denied;
  const resourceAccountId = denied.resourceAccountId ?? requester(principal).accountId ?? '';
  const request = { principal, action, resource, resourceAccountId, ...(context ? { context } : {}) };
  const unread = unreadLayers(denied);

  const ofRequest = explainAtBest(denied, { request, policies: denied.policies });
  const ofKey = keyAccess(denied, request, { isInParts: false }).map((asked) => explainAtBest(denied, asked));
  const sure = [ofRequest, ...ofKey].find(({ isSure }) => isSure)?.explanation;
  if (told) {
    const isShown = sure !== undefined && isToldAs(told, sure);
    return { certainty: 'told', told, request, unread, ...(isShown ? { explanation: sure } : {}) };
  }
  if (sure) return { certainty: 'sure', explanation: sure, unread };
  return {
    certainty: 'elsewhere',
    request,
    conditions: unknownKeysIn(withUnread(denied.policies, request), request),
    mayBePath: ofRequest.explanation.decision.outcome !== 'Allowed',
    unread,
    mayBeKey: isOfObject(request) && !isAllowedByKey(denied, request),
  };
}

/** A request and what could be read that bears on it. */
interface Asked {
  request: AccessRequest;
  policies: DeniedRequest['policies'];
}

/** As kind as everything could be. Sure: whoever the caller may be, it is denied. */
function explainAtBest(
  { callerArn, bucket }: DeniedRequest,
  { request, policies }: Asked,
): { explanation: Explanation; isSure: boolean } {
  const read = withUnread(policies, request);
  const atBest = (own: AccessRequest) =>
    compileAccess(atTheirKindest({ ...withUnread(policies, own), ...(bucket ? { bucket } : {}) }, own));
  const isSure = possibleCallers(request.principal, callerArn, read).every((principal) => {
    const own = { ...request, principal };
    return decide(atBest(own), own).outcome !== 'Allowed';
  });
  return { explanation: explain(atBest(request), request), isSure };
}

function keyAccess({ key, policies }: DeniedRequest, request: AccessRequest, way: { isInParts: boolean }): Asked[] {
  if (!key) return [];
  const { identity, permissionsBoundary, session, serviceControl } = policies;
  const ofKey = {
    ...(identity ? { identity } : {}),
    ...(permissionsBoundary ? { permissionsBoundary } : {}),
    ...(session ? { session } : {}),
    ...(serviceControl ? { serviceControl } : {}),
    ...(key.policy ? { resource: key.policy } : {}),
    ...(key.grants ? { grants: key.grants } : {}),
  };
  return keyRequestsOf(request, key, way).map((own) => ({ request: own, policies: ofKey }));
}

/** By what could be read, and by nothing that nobody knows. */
function isAllowedByKey(denied: DeniedRequest, request: AccessRequest): boolean {
  if (!denied.key?.policy) return false;
  return keyAccess(denied, request, { isInParts: true }).every(({ request: own, policies }) => {
    const access = compileAccess(withUnread({ grants: 'none', ...policies }, own));
    return decide(access, own).outcome === 'Allowed';
  });
}

function isToldAs(told: AccessDeniedMessage, { decision }: Explanation): boolean {
  if (decision.outcome === 'ExplicitlyDenied') return told.isExplicit && decision.by.layer === told.layer;
  return decision.outcome === 'ImplicitlyDenied' && !told.isExplicit && decision.layer === told.layer;
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
