import { policyText, withoutVariables } from '../match/policy-text.ts';
import { matchesPattern, type WildcardPattern, wildcardPattern } from '../match/wildcard-pattern.ts';
import type { ListElement } from '../policy/policy.ts';

/** Whether a statement speaks of an action, given in lower case. Actions have neither case nor variables. */
export type CompiledActions = (action: string) => boolean;

export function compileActions(element: ListElement): CompiledActions {
  const exact = new Set<string>();
  const patterns: WildcardPattern[] = [];
  for (const { value } of element.values) {
    const text = policyText(value.toLowerCase(), { wildcards: true, variables: false });
    if (text.every((part) => part.kind === 'text')) exact.add(value.toLowerCase());
    else patterns.push(wildcardPattern(withoutVariables(text) ?? []));
  }
  return (action) =>
    (exact.has(action) || patterns.some((pattern) => matchesPattern(pattern, action))) !== element.isNegated;
}
