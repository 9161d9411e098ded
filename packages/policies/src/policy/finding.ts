import type { SourcePosition } from '../json/source-position.ts';

/** `error`: AWS refuses it, or it does nothing. `security`: it opens more than is meant. `warning`: likely not meant. */
export type Severity = 'error' | 'security' | 'warning' | 'suggestion';

/** Something to be said of a policy, at its place. The sentence for people is made by `describeFinding`. */
export interface Finding<Id extends string = string> {
  id: Id;
  severity: Severity;
  /** RFC 6901, `''` for the whole document. */
  pointer: string;
  position: SourcePosition;
  /** What the sentence names: the element, the value as written, what was expected. */
  details: Readonly<Record<string, string>>;
}

/** AWS refuses it, or it opens too much: nothing to live with. */
export function isGrave({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'security';
}

/** What keeps a text from being a policy. */
export const grammarFindingIds = [
  'json-syntax',
  'too-large',
  'too-deep',
  'wrong-type',
  'duplicate-key',
  'unknown-element',
  'missing-element',
  'conflicting-elements',
  'empty-list',
  'invalid-version',
  'invalid-effect',
  'invalid-principal-type',
  'unknown-operator',
  'invalid-condition-value',
] as const;
export type GrammarFindingId = (typeof grammarFindingIds)[number];
export type GrammarFinding = Finding<GrammarFindingId>;
