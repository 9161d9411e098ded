import type { AccessRequest } from './access-request.ts';
import { audienceOf, type CompiledAccess } from './compile-access.ts';
import { type CompiledStatement, statementMatch } from './compile-policy.ts';
import type { PrincipalMatch } from './compile-principals.ts';
import type { Decision, StatementReference } from './decision.ts';
import { isForeignObject } from './is-foreign-object.ts';
import type { PolicyLayer } from './layer.ts';
import { type RequestFacts, requestFacts } from './request-facts.ts';
import type { StatementIndex } from './statement-index.ts';

/**
 * What AWS would answer, by its documented logic.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function decide(access: CompiledAccess, request: AccessRequest): Decision {
  const facts = requestFacts(request);
  const refused = denial(access, facts) ?? guardrail(access, facts);
  if (refused) return refused;
  const decision = grant(access, facts);
  return decision.outcome === 'Allowed' ? decision : (byKeyGrant(access, facts) ?? decision);
}

/** An explicit deny in any policy that bears on the requester ends it. */
function denial(access: CompiledAccess, facts: RequestFacts): Decision | undefined {
  const { statements } = access.bearingOn[audienceOf(facts.requester)];
  for (const statement of statements.on(facts.action).denies) {
    if (!statementMatch(statement, facts)) continue;
    return { outcome: 'ExplicitlyDenied', reason: 'deny-statement', by: reference(statement) };
  }
  return undefined;
}

/** What never grants anything and has to allow everything. */
function guardrail(access: CompiledAccess, facts: RequestFacts): Decision | undefined {
  const { requester } = facts;
  const audience = audienceOf(requester);
  const isOfOrganization = audience !== 'service-linked-role';
  const hasAccount = audience !== 'no-account';
  const isAllowed = (level: StatementIndex) => findAllow(level, facts) !== undefined;
  if (isOfOrganization && hasAccount && !access.serviceControl.every(isAllowed))
    return noAllow('service-control-policy');
  if (isOfOrganization && !access.resourceControl.every(isAllowed)) return noAllow('resource-control-policy');
  if (access.endpoint && !findAllow(access.endpoint, facts)) return noAllow('endpoint-policy');
  const isLetIn = facts.isSameAccount || requester.kind === 'service';
  if (access.bucket.restrictPublicBuckets && access.isResourcePolicyPublic && !isLetIn) {
    return { outcome: 'ImplicitlyDenied', reason: 'public-bucket-restricted' };
  }
  return undefined;
}

/** Grants stand beside the key's policy and the identity policies; what limits the principal limits them too. */
function byKeyGrant(access: CompiledAccess, facts: RequestFacts): Decision | undefined {
  if (facts.service !== 'kms') return undefined;
  const granted = access.grants?.(facts);
  if (!granted) return undefined;
  const isWithin =
    granted.match === 'direct' ||
    (granted.match === 'parent' && !limits(access, facts)) ||
    (granted.match === 'account' && byIdentity(access, facts, 'identity-allows').outcome === 'Allowed');
  return isWithin ? { outcome: 'Allowed', reason: 'grant-allows', grantId: granted.grantId } : undefined;
}

function grant(access: CompiledAccess, facts: RequestFacts): Decision {
  if (isForeignObject(access.bucket, facts)) return grantOnForeignObject(access, facts);
  const granted = access.resource && bestGrant(access.resource, facts);
  if (facts.requester.accountId === undefined) {
    if (granted) return { outcome: 'Allowed', reason: 'resource-allows', by: reference(granted.statement) };
    return access.resource ? noAllow('resource-policy') : { outcome: 'ImplicitlyDenied', reason: 'no-identity' };
  }
  return facts.isSameAccount ? withinAccount(access, facts, granted) : acrossAccounts(access, facts, granted);
}

interface Grant {
  statement: CompiledStatement;
  match: PrincipalMatch;
}

function withinAccount(access: CompiledAccess, facts: RequestFacts, granted: Grant | undefined): Decision {
  const needsResourcePolicy = isGuardedByOwnPolicy(facts);
  if (granted?.match === 'direct') {
    return { outcome: 'Allowed', reason: 'resource-allows', by: reference(granted.statement) };
  }
  if (granted?.match === 'parent') {
    return (
      limits(access, facts) ?? {
        outcome: 'Allowed',
        reason: 'resource-allows-parent',
        by: reference(granted.statement),
      }
    );
  }
  if (needsResourcePolicy && !granted) {
    return { outcome: 'ImplicitlyDenied', reason: 'resource-policy-required', layer: 'resource-policy' };
  }
  const decision = byIdentity(access, facts, 'identity-allows');
  if (!access.resource || !isWithoutIdentity(decision)) return decision;
  return { ...decision, reason: granted ? 'left-to-account' : 'neither-allows' };
}

function acrossAccounts(access: CompiledAccess, facts: RequestFacts, granted: Grant | undefined): Decision {
  const decision = granted ? byIdentity(access, facts, 'both-accounts-allow') : undefined;
  if (decision && !isWithoutIdentity(decision)) return decision;
  return { ...(decision ?? noAllow('resource-policy')), reason: 'both-accounts-needed' };
}

type ImplicitDeny = Extract<Decision, { outcome: 'ImplicitlyDenied' }>;

/** Whether it was no identity policy that would have had to allow, and not what limits these. */
function isWithoutIdentity(decision: Decision): decision is ImplicitDeny {
  return decision.outcome === 'ImplicitlyDenied' && decision.layer === 'identity-policy';
}

/** What the requester's own account says: identity policies, within boundary and session policy. */
function byIdentity(
  access: CompiledAccess,
  facts: RequestFacts,
  reason: 'identity-allows' | 'both-accounts-allow' | 'object-owner',
): Decision {
  if (facts.requester.kind === 'root') return { outcome: 'Allowed', reason: 'root-user' };
  const allow = findAllow(access.identity, facts);
  if (!allow) return noAllow('identity-policy');
  return limits(access, facts) ?? { outcome: 'Allowed', reason, by: reference(allow) };
}

function limits(access: CompiledAccess, facts: RequestFacts): Decision | undefined {
  if (access.permissionsBoundary && !findAllow(access.permissionsBoundary, facts)) {
    return noAllow('permissions-boundary');
  }
  const isSession = facts.requester.kind === 'role-session' || facts.requester.kind === 'federated-user';
  if (isSession && access.session && !findAllow(access.session, facts)) return noAllow('session-policy');
  if (facts.requester.kind === 'federated-user' && !access.session) {
    return { outcome: 'ImplicitlyDenied', reason: 'session-policy-required', layer: 'session-policy' };
  }
  return undefined;
}

/** Its own account has it by its ACL; the bucket's account only if the ACL says so; nobody else through the bucket's policy. */
function grantOnForeignObject(access: CompiledAccess, facts: RequestFacts): Decision {
  if (facts.requester.accountId === facts.objectOwnerAccountId) return byIdentity(access, facts, 'object-owner');
  if (facts.isSameAccount && access.bucket.foreignObjectsGrantOwner)
    return byIdentity(access, facts, 'identity-allows');
  return { outcome: 'ImplicitlyDenied', reason: 'foreign-object' };
}

/**
 * Keys and roles: IAM policies count only where their own policy lets them.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
function isGuardedByOwnPolicy({ service, action, resource }: RequestFacts): boolean {
  if (service === 'kms') return resource !== '*';
  return action.startsWith('sts:assumerole') && resource !== '*';
}

function findAllow(statements: StatementIndex, facts: RequestFacts): CompiledStatement | undefined {
  return statements.on(facts.action).allows.find((statement) => statementMatch(statement, facts));
}

const strength = { direct: 3, parent: 2, account: 1 } satisfies Record<PrincipalMatch, number>;

/** The Allow that leaves least to others. */
function bestGrant(statements: StatementIndex, facts: RequestFacts): Grant | undefined {
  let best: Grant | undefined;
  for (const statement of statements.on(facts.action).allows) {
    const match = statementMatch(statement, facts);
    if (match && (!best || strength[match] > strength[best.match])) best = { statement, match };
  }
  return best;
}

function noAllow(layer: PolicyLayer): ImplicitDeny {
  return { outcome: 'ImplicitlyDenied', reason: 'no-allow', layer };
}

export function reference(statement: CompiledStatement): StatementReference {
  return { layer: statement.policy.layer, policyName: statement.policy.name, statement: statement.source };
}
