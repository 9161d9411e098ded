import { policyText, withoutVariables } from '../match/policy-text.ts';
import { matchesPattern, wildcardPattern } from '../match/wildcard-pattern.ts';

/** Whether everything that one pattern of actions matches is matched by the other too; never claimed where unsure. */
export function coversAction(wide: string, narrow: string): boolean {
  return covers(wide.toLowerCase(), narrow.toLowerCase());
}

/** The same for resources. Only the last part may differ, where a wildcard reaches as far in an ARN as in a text. */
export function coversResource(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  const fixedStart = /^(?:[^:*?$]*:){5}/.exec(wide)?.[0];
  return fixedStart !== undefined && narrow.startsWith(fixedStart) && covers(wide, narrow);
}

/**
 * The narrow pattern is read as if its wildcards and variables were letters: what a `*` takes in of them, it takes in of
 * whatever they stand for. A `?` would take in one letter only, and a `$` is no letter for sure, so neither may be in the wide.
 */
function covers(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  if (/[?$]/.test(wide)) return false;
  const pieces = withoutVariables(policyText(wide, { wildcards: true, variables: false })) ?? [];
  return matchesPattern(wildcardPattern(pieces), narrow);
}
