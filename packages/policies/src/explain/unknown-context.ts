import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { isExceptedInPart } from '../evaluate/compile-principals.ts';
import { decide } from '../evaluate/decide.ts';
import { isPublicPolicy } from '../evaluate/is-public-policy.ts';
import { compileGrants } from '../evaluate/key-grants.ts';
import { derivedKeys, requestFacts } from '../evaluate/request-facts.ts';
import type { PolicyStatement } from '../policy/policy.ts';
import { editPolicies } from './edit-policies.ts';
import { explain } from './explain.ts';
import { type SettledGrant, settleGrant } from './settle-grant.ts';
import { type KnownFacts, type SettledStatement, settleStatement } from './settle-statement.ts';

/** A request, as far as it is known. */
export interface SupposedRequest {
  request: AccessRequest;
  /** Condition keys in lower case whose values are no more than a guess. */
  guessedKeys: readonly string[];
}

/** What nobody knows, and what may have turned it. */
export interface Doubts {
  /** Condition keys of which nobody knows what the request said. */
  keys: readonly string[];
  isMaybeNamed: boolean;
  isMaybeExcepted: boolean;
}

/** The policies as if the request said of everything that nobody knows what is best for it. */
export function atTheirKindest(policies: AccessPolicies, supposed: SupposedRequest): AccessPolicies {
  const { bucket, resource } = policies;
  const kindest = settled(policies, supposed, {
    statement: (statement, { met, isCertain }) =>
      statement.effect === 'Allow' ? met : isCertain ? statement : undefined,
    grant: ({ met }) => met,
  });
  // Without the conditions that narrow it a policy may look public, and is not.
  const isPublic = resource !== undefined && isPublicPolicy(resource.policy);
  return bucket && !isPublic ? { ...kindest, bucket: { ...bucket, restrictPublicBuckets: false } } : kindest;
}

export function doubtsIn(policies: AccessPolicies, supposed: SupposedRequest): Doubts {
  const { request } = supposed;
  const found = new Map<PolicyStatement, SettledStatement>();
  const ofGrants: SettledGrant[] = [];
  const met = settled(policies, supposed, {
    statement(_, statement) {
      found.set(statement.met, statement);
      return statement.met;
    },
    grant(grant) {
      ofGrants.push(grant);
      return grant.met;
    },
  });
  // Where it is allowed without those that ask for more, these don't count.
  const withoutDoubt = settled(policies, supposed, {
    statement: (statement, { isCertain }) => (isCertain ? statement : undefined),
    grant: ({ met: grant, unknownKeys }) => (unknownKeys.length === 0 ? grant : undefined),
  });
  const isAllowed = decide(compileAccess(withoutDoubt), request).outcome === 'Allowed';
  const matched = explain(compileAccess(met), request)
    .statements.filter(({ failures }) => failures.length === 0)
    .flatMap(({ at }) => found.get(at.statement) ?? [])
    .filter((statement) => statement.met.effect === 'Deny' || !isAllowed);
  const facts = requestFacts(request);
  const covering = ofGrants.filter(({ met: grant }) => compileGrants([grant])(facts) !== undefined);
  const keys = [...matched, ...(isAllowed ? [] : covering)].flatMap(({ unknownKeys }) => unknownKeys);
  return {
    keys: [...new Set(keys)],
    isMaybeNamed: matched.some(({ isMaybeNamed }) => isMaybeNamed),
    isMaybeExcepted: matched.some(({ isMaybeExcepted }) => isMaybeExcepted),
  };
}

function settled(
  policies: AccessPolicies,
  supposed: SupposedRequest,
  choose: {
    statement: (statement: PolicyStatement, settled: SettledStatement) => PolicyStatement | undefined;
    grant: (settled: SettledGrant) => SettledGrant['met'] | undefined;
  },
): AccessPolicies {
  const known = knownOf(supposed);
  const { context } = requestFacts(supposed.request);
  const edited = editPolicies(policies, ({ name, policy }) => ({
    name,
    policy: {
      ...policy,
      statements: policy.statements.flatMap(
        (statement) => choose.statement(statement, settleStatement(statement, policy.version, known)) ?? [],
      ),
    },
  }));
  const { grants } = policies;
  if (!grants) return edited;
  return {
    ...edited,
    grants: grants.flatMap((grant) => choose.grant(settleGrant(grant, context, known)) ?? []),
  };
}

function knownOf({ request, guessedKeys }: SupposedRequest): KnownFacts {
  const { context, requester } = requestFacts(request);
  const { accountId, canonicalUserId } = requester;
  return {
    isKnown: (key) => (context.has(key) || derivedKeys.includes(key)) && !guessedKeys.includes(key),
    unnamedAccountId: canonicalUserId === undefined ? accountId : undefined,
    isExceptedInPart: (principals) => isExceptedInPart(principals, requester),
  };
}
