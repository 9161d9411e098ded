import { policyText } from '../match/policy-text.ts';

/** A text that a pattern matches; what a variable stands for is made up too. */
export function sampleOf(pattern: string, { wildcards = true }: { wildcards?: boolean } = {}): string {
  return policyText(pattern, { wildcards, variables: true })
    .map((part) => (part.kind === 'text' ? part.text : part.kind === 'one' ? 'x' : 'example'))
    .join('');
}
