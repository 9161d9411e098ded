import type { PrincipalElement } from '../policy/policy.ts';
import type { Requester } from './requester.ts';

/**
 * How a resource policy names who asks, which decides what else may limit the grant:
 * `direct` (the very user or session, a service, everybody), `parent` (the role behind a session, the user behind a federated
 * session) or `account` (handed to the account, whose own policies go on from there).
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export type PrincipalMatch = 'direct' | 'parent' | 'account';
export type CompiledPrincipals = (requester: Requester) => PrincipalMatch | undefined;

export interface PrincipalRules {
  /** In the policy of a gateway endpoint an account means its root user alone. */
  accountMeansRoot: boolean;
  /** Of the statement: what `NotPrincipal` excepts from a Deny is not what it excepts from an Allow. */
  effect: 'Allow' | 'Deny';
}

export function compilePrincipals(element: PrincipalElement, rules: PrincipalRules): CompiledPrincipals {
  const named = namesOf(element);
  if (element.isNegated) {
    const isExcepted = rules.effect === 'Deny' ? isNamedThroughout : isNamedAtAll;
    return (requester) => (isExcepted(named, requester) ? undefined : 'direct');
  }
  return (requester) => matchOf(named, requester, rules);
}

/**
 * Whether `NotPrincipal` names the requester in one capacity and not in another: a session's role without the session, say. AWS
 * doesn't tell for sure what that comes to.
 */
export function isExceptedInPart(element: PrincipalElement, requester: Requester): boolean {
  if (!element.isNegated) return false;
  const named = namesOf(element);
  return isNamedAtAll(named, requester) && !isNamedThroughout(named, requester);
}

function namesOf({ values }: PrincipalElement): ReadonlySet<string> {
  return new Set(values.map(({ type, value }) => `${type} ${type === 'AWS' ? shortAccount(value) : value}`));
}

function matchOf(
  named: ReadonlySet<string>,
  requester: Requester,
  { accountMeansRoot }: Pick<PrincipalRules, 'accountMeansRoot'>,
): PrincipalMatch | undefined {
  const { kind, ownName, parentArn, accountId, canonicalUserId } = requester;
  if (named.has('AWS *')) return 'direct';
  if (kind === 'service') return named.has(`Service ${ownName}`) ? 'direct' : undefined;
  if (kind === 'federated-identity') return named.has(`Federated ${ownName}`) ? 'direct' : undefined;
  if (accountId === undefined) return undefined;
  if (kind !== 'root' && named.has(`AWS ${ownName}`)) return 'direct';
  if (parentArn !== undefined && named.has(`AWS ${parentArn}`)) return 'parent';
  if (named.has(`AWS ${accountId}`)) return kind === 'root' ? 'direct' : accountMeansRoot ? undefined : 'account';
  return canonicalUserId !== undefined && named.has(`CanonicalUser ${canonicalUserId}`) ? 'account' : undefined;
}

/**
 * With Allow `NotPrincipal` gives to all principals except those it names: as session, role, user or account, whichever.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function isNamedAtAll(named: ReadonlySet<string>, requester: Requester): boolean {
  return matchOf(named, requester, { accountMeansRoot: false }) !== undefined;
}

/**
 * With Deny it spares whoever is named in every capacity: the user or session, the role behind it, and the account. Where one
 * is missing AWS may refuse, so it counts as refused here.
 */
function isNamedThroughout(named: ReadonlySet<string>, requester: Requester): boolean {
  const { kind, ownName, parentArn, accountId, canonicalUserId } = requester;
  if (named.has('AWS *')) return true;
  if (kind === 'service') return named.has(`Service ${ownName}`);
  if (kind === 'federated-identity') return named.has(`Federated ${ownName}`);
  if (accountId === undefined) return false;
  const isAccountNamed =
    named.has(`AWS ${accountId}`) || (canonicalUserId !== undefined && named.has(`CanonicalUser ${canonicalUserId}`));
  if (kind === 'root') return isAccountNamed;
  return isAccountNamed && named.has(`AWS ${ownName}`) && (parentArn === undefined || named.has(`AWS ${parentArn}`));
}

const rootArn = /^arn:[^:]*:iam::(\d{12}):root$/;

/** An account's ARN and its number mean the same. */
function shortAccount(value: string): string {
  return rootArn.exec(value)?.[1] ?? value;
}
