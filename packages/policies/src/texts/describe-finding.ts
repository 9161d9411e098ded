import type { LintFinding } from '../lint/lint-finding.ts';
import type { GrammarFinding } from '../policy/finding.ts';
import { type FindingText, findingTexts } from './finding-texts.ts';
import type { Language } from './language.ts';

/** What was found and how to mend it, in whole sentences. */
export function describeFinding(finding: LintFinding | GrammarFinding, language: Language): FindingText {
  return findingTexts[finding.id][language]((name) => finding.details[name] ?? '');
}
