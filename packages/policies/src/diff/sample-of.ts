import { policyText } from '../match/policy-text.ts';
import type { Policy } from '../policy/policy.ts';

/** What a variable stands for, by its key in lower case and what the policy wrote to stand for it where there is nothing. */
export type VariableValue = (key: string, fallback: string | undefined) => string;

/** A text that a pattern matches. The older version has no variables: there `${…}` are letters like others. */
export function sampleOf(
  pattern: string,
  { wildcards = true, version, valueOf }: { wildcards?: boolean; version: Policy['version']; valueOf: VariableValue },
): string {
  return policyText(pattern, { wildcards, variables: version === '2012-10-17' })
    .map((part) => {
      if (part.kind === 'text') return part.text;
      if (part.kind === 'variable') return valueOf(part.key, part.fallback);
      return part.kind === 'one' ? 'x' : 'example';
    })
    .join('');
}
