import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { decide } from '../evaluate/decide.ts';
import { requestFacts } from '../evaluate/request-facts.ts';
import type { PolicyStatement } from '../policy/policy.ts';
import { editPolicies } from './edit-policies.ts';
import { explain } from './explain.ts';
import { type KnownFacts, type SettledStatement, settleStatement } from './settle-statement.ts';

/** The policies as if the request said of everything that nobody knows what is best for it. */
export function atTheirKindest(policies: AccessPolicies, request: AccessRequest): AccessPolicies {
  return settled(policies, request, (statement, { met, isCertain }) =>
    statement.effect === 'Allow' ? met : isCertain ? statement : undefined,
  );
}

/** Keys of which nobody knows what the request said, and that may have turned it. */
export function unknownKeysIn(policies: AccessPolicies, request: AccessRequest): string[] {
  const unknown = new Map<PolicyStatement, { effect: PolicyStatement['effect']; keys: readonly string[] }>();
  const met = settled(policies, request, (_, statement) => {
    unknown.set(statement.met, { effect: statement.met.effect, keys: statement.unknownKeys });
    return statement.met;
  });
  // Where it is allowed without those that ask for more, these don't count.
  const withoutDoubt = settled(policies, request, (statement, { isCertain }) => (isCertain ? statement : undefined));
  const isAllowed = decide(compileAccess(withoutDoubt), request).outcome === 'Allowed';
  const matched = explain(compileAccess(met), request).statements.filter(({ failures }) => failures.length === 0);
  const keys = matched.flatMap(({ at }) => {
    const found = unknown.get(at.statement);
    return found && (found.effect === 'Deny' || !isAllowed) ? found.keys : [];
  });
  return [...new Set(keys)];
}

function settled(
  policies: AccessPolicies,
  request: AccessRequest,
  choose: (statement: PolicyStatement, settled: SettledStatement) => PolicyStatement | undefined,
): AccessPolicies {
  const known = knownOf(request);
  return editPolicies(policies, ({ name, policy }) => ({
    name,
    policy: {
      ...policy,
      statements: policy.statements.flatMap(
        (statement) => choose(statement, settleStatement(statement, policy.version, known)) ?? [],
      ),
    },
  }));
}

/** These follow from who asks, and what isn't there doesn't exist. */
const derivedKeys = [
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:resourceaccount',
  'aws:username',
];

function knownOf(request: AccessRequest): KnownFacts {
  const { context, requester } = requestFacts(request);
  const { accountId, canonicalUserId } = requester;
  return {
    isKnown: (key) => context.has(key) || derivedKeys.includes(key),
    unnamedAccountId: canonicalUserId === undefined ? accountId : undefined,
  };
}
