import { policyText } from '../match/policy-text.ts';
import type { Policy, PolicyStatement, PolicyValue, PrincipalElement } from '../policy/policy.ts';

/** What is known of a request that policies may ask about. */
export interface KnownFacts {
  /** Whether it is known what the request says of a key, in lower case, be it nothing. */
  isKnown: (key: string) => boolean;
  /** The caller's account, where it isn't known by which canonical id policies may name it. */
  unnamedAccountId: string | undefined;
  /** Whether `NotPrincipal` names the caller in a way of which AWS doesn't tell what it comes to. */
  isExceptedInPart: (principals: PrincipalElement) => boolean;
}

export interface SettledStatement {
  /** As if the request said whatever the statement wants to hear. */
  met: PolicyStatement;
  /** Keys that it asks for and of which nobody knows. */
  unknownKeys: readonly string[];
  /** It may name the caller by its account's canonical id. */
  isMaybeNamed: boolean;
  /** It excepts the caller by `NotPrincipal`, or doesn't. */
  isMaybeExcepted: boolean;
  /** It means what it says, whatever the request does. */
  isCertain: boolean;
}

/** What a statement may mean where not everything is known that it asks for. */
export function settleStatement(
  statement: PolicyStatement,
  version: Policy['version'],
  { isKnown, unnamedAccountId, isExceptedInPart }: KnownFacts,
): SettledStatement {
  const unknownIn = ({ value }: PolicyValue) => variablesIn(value, version).filter((key) => !isKnown(key));
  const unknownOf = ({ key, values }: PolicyStatement['conditions'][number]) => [
    ...(isKnown(key.toLowerCase()) ? [] : [key]),
    ...values.flatMap(unknownIn),
  ];
  const { conditions, resources, principals } = statement;
  const unknownKeys = [...conditions.flatMap(unknownOf), ...(resources?.values.flatMap(unknownIn) ?? [])];
  const isMaybeNamed =
    unnamedAccountId !== undefined && principals?.values.some(({ type }) => type === 'CanonicalUser') === true;
  const isMaybeExcepted = principals !== undefined && isExceptedInPart(principals);
  const met: PolicyStatement = {
    ...statement,
    conditions: conditions.filter((condition) => unknownOf(condition).length === 0),
    ...(resources
      ? { resources: { ...resources, values: resources.values.flatMap(openedIn(resources, unknownIn)) } }
      : {}),
    ...(isMaybeNamed && !principals.isNegated
      ? { principals: { ...principals, values: principals.values.map((value) => asAccount(value, unnamedAccountId)) } }
      : {}),
    ...(isMaybeExcepted ? { principals: { ...principals, isNegated: false, values: [everybody] } } : {}),
  };
  const isCertain = unknownKeys.length === 0 && !isMaybeNamed && !isMaybeExcepted;
  return { met, unknownKeys: [...new Set(unknownKeys)], isMaybeNamed, isMaybeExcepted, isCertain };
}

function variablesIn(value: string, version: Policy['version']): string[] {
  const parts = policyText(value, { wildcards: false, variables: version === '2012-10-17' });
  return parts.flatMap((part) => (part.kind === 'variable' ? part.key : []));
}

/** A variable of which nobody knows may stand for anything; where it excepts, for nothing that is asked for. */
function openedIn({ isNegated }: { isNegated: boolean }, unknownIn: (value: PolicyValue) => readonly string[]) {
  return (value: PolicyValue): PolicyValue[] => {
    if (unknownIn(value).length === 0) return [value];
    return isNegated ? [] : [{ ...value, value: value.value.replaceAll(/\$\{[^*?$}][^}]*\}/g, '*') }];
  };
}

type WrittenPrincipal = PrincipalElement['values'][number];

const everybody: WrittenPrincipal = { type: 'AWS', value: '*', pointer: '' };

function asAccount(principal: WrittenPrincipal, accountId: string): WrittenPrincipal {
  return principal.type === 'CanonicalUser' ? { ...principal, type: 'AWS', value: accountId } : principal;
}
