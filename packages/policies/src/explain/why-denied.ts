import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess, type CompiledAccess } from '../evaluate/compile-access.ts';
import { decide } from '../evaluate/decide.ts';
import { keyRequestsOf, objectContextKey } from '../evaluate/key-requests-of.ts';
import { type PolicyLayer, policyLayers } from '../evaluate/layer.ts';
import { principalOf } from '../evaluate/principal-of.ts';
import { requester } from '../evaluate/requester.ts';
import { splitArn } from '../match/arn-pattern.ts';
import { type AccessDeniedMessage, parseAccessDeniedMessage } from './access-denied-message.ts';
import type { DeniedRequest } from './denied-request.ts';
import { explain } from './explain.ts';
import type { Explanation } from './explanation.ts';
import { guessedCallerKeys, possibleCallers } from './possible-callers.ts';
import { atTheirKindest, doubtsIn, type SupposedRequest } from './unknown-context.ts';
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
  /**
   * What could be read denies it, whatever the rest says, and whatever the request says of itself that nobody knows. What is open
   * may keep it denied when this is mended.
   */
  | {
      certainty: 'sure';
      explanation: Explanation;
      openQuestions: readonly OpenQuestion[];
      unread: readonly PolicyLayer[];
    }
  /** What could be read may allow it: so it lies in one of these, or not in policies at all. */
  | ({ certainty: 'elsewhere'; request: AccessRequest } & Suspects)
  /** Nobody can be made out of the caller's name. */
  | { certainty: 'unknown-caller' };

/** What isn't known of who asks and of whom, and what the policies make a difference of. */
export type OpenQuestion =
  /** In which folder the caller's role lies: the name of its session doesn't tell. */
  | 'role-path'
  /** How the session of the caller's role is called. */
  | 'session-name'
  /** Whether `NotPrincipal` excepts the caller, whom it names in part. */
  | 'not-principal'
  /** Under which canonical id a policy may name the caller's account. */
  | 'canonical-id'
  /** Whose the resource is; it was taken for the caller's account's. */
  | 'resource-account';

/** Where the cause of a denial may lie, the likeliest first. */
interface Suspects {
  /** Condition keys that a statement or a grant asks for, and of which it isn't known what the request said. */
  conditions: readonly string[];
  openQuestions: readonly OpenQuestion[];
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
  const knownAccountId = denied.resourceAccountId ?? accountIn(resource);
  const resourceAccountId = knownAccountId ?? requester(principal).accountId ?? '';
  const request = { principal, action, resource, resourceAccountId, ...(context ? { context } : {}) };
  const guessedKeys = knownAccountId === undefined ? ['aws:resourceaccount'] : [];
  const unread = unreadLayers(denied);

  const ofRequest = guessingCaller(denied.callerArn, { request, guessedKeys, policies: denied.policies });
  const asked = [ofRequest, ...keyAccess(denied, request, { isInParts: false })];
  const findings = asked.map((own) => explainAtBest(denied, own));
  const sure = findings.find(({ isSure }) => isSure)?.explanation;
  if (told) {
    const isShown = sure !== undefined && isToldAs(told, sure);
    return { certainty: 'told', told, request, unread, ...(isShown ? { explanation: sure } : {}) };
  }
  const isAccountOpen =
    knownAccountId === undefined && (sure ?? foreign(denied, ofRequest)).decision.outcome === 'ImplicitlyDenied';
  const ofAccount: OpenQuestion[] = isAccountOpen ? ['resource-account'] : [];
  if (sure) return { certainty: 'sure', explanation: sure, openQuestions: ofAccount, unread };
  const doubts = asked.map((own) => doubtsIn(withUnread(own.policies, own.request), own));
  return {
    certainty: 'elsewhere',
    request,
    conditions: [...new Set(doubts.flatMap(({ keys }) => keys))],
    openQuestions: [
      ...(findings.some(({ dependsOnName }) => dependsOnName) ? [nameQuestion(denied.callerArn)] : []),
      ...(doubts.some(({ isMaybeExcepted }) => isMaybeExcepted) ? (['not-principal'] as const) : []),
      ...(doubts.some(({ isMaybeNamed }) => isMaybeNamed) ? (['canonical-id'] as const) : []),
      ...ofAccount,
    ],
    unread,
    mayBeKey: isOfObject(request) && !isAllowedByKey(denied, request),
  };
}

/** A request and what could be read that bears on it. */
interface Asked extends SupposedRequest {
  policies: DeniedRequest['policies'];
}

/** With what is no more than a guess because of the caller's name. */
function guessingCaller(callerArn: string, { guessedKeys, ...asked }: Asked): Asked {
  const ofCaller = guessedCallerKeys(callerArn, withUnread(asked.policies, asked.request));
  return { ...asked, guessedKeys: [...guessedKeys, ...ofCaller] };
}

/** As kind as everything could be. Sure: whoever the caller may be, it is denied. */
function explainAtBest(
  denied: DeniedRequest,
  asked: Asked,
): { explanation: Explanation; isSure: boolean; dependsOnName: boolean } {
  const { request, policies } = asked;
  const read = withUnread(policies, request);
  const outcomes = possibleCallers(request.principal, denied.callerArn, read).map((principal) => {
    const own = { ...request, principal };
    return decide(atBest(denied, { ...asked, request: own }), own).outcome;
  });
  const allowed = outcomes.filter((outcome) => outcome === 'Allowed').length;
  return {
    explanation: explain(atBest(denied, asked), request),
    isSure: allowed === 0,
    dependsOnName: allowed > 0 && allowed < outcomes.length,
  };
}

function atBest({ bucket }: DeniedRequest, { policies, ...supposed }: Asked): CompiledAccess {
  const read = withUnread(policies, supposed.request);
  return compileAccess(atTheirKindest({ ...read, ...(bucket ? { bucket } : {}) }, supposed));
}

/** The same, were the resource somebody else's. */
function foreign(denied: DeniedRequest, asked: Asked): Explanation {
  const request = { ...asked.request, resourceAccountId: '' };
  return explain(atBest(denied, { ...asked, request }), request);
}

function nameQuestion(callerArn: string): OpenQuestion {
  return callerArn.includes(':assumed-role/') ? 'role-path' : 'session-name';
}

/** Of S3's resources none tells it. */
function accountIn(resource: string): string | undefined {
  return splitArn(resource)?.[4] || undefined;
}

function keyAccess(
  { callerArn, key, policies }: DeniedRequest,
  request: AccessRequest,
  way: { isInParts: boolean },
): Asked[] {
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
  const guessedKeys = key.hasBucketKey === undefined ? [objectContextKey.toLowerCase()] : [];
  return keyRequestsOf(request, key, way).map((own) =>
    guessingCaller(callerArn, { request: own, guessedKeys, policies: ofKey }),
  );
}

/** By what could be read, and by nothing that nobody knows. */
function isAllowedByKey(denied: DeniedRequest, request: AccessRequest): boolean {
  if (!denied.key?.policy) return false;
  return keyAccess(denied, request, { isInParts: true }).every((asked) => {
    const access = withUnread({ grants: 'none', ...asked.policies }, asked.request);
    const { keys, isMaybeExcepted } = doubtsIn(access, asked);
    return keys.length === 0 && !isMaybeExcepted && decide(compileAccess(access), asked.request).outcome === 'Allowed';
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
