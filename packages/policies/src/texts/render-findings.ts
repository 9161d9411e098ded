import { type LintFinding, pageOf } from '../lint/lint-finding.ts';
import type { GrammarFinding } from '../policy/finding.ts';
import { describeFinding } from './describe-finding.ts';
import type { Language } from './language.ts';
import { reportTexts } from './report-texts.ts';

/** A line for each finding, as compilers print theirs, and one on how to mend it and where AWS says so. */
export function renderFindings(
  file: { name: string },
  findings: readonly (LintFinding | GrammarFinding)[],
  language: Language,
): string {
  const { severities } = reportTexts[language];
  return findings
    .map((finding) => {
      const { problem, fix } = describeFinding(finding, language);
      const { line, column } = finding.position;
      const page = pageOf(finding);
      const source = page ? ` (${page.title})` : '';
      return `${file.name}:${line}:${column} ${severities[finding.severity]} ${finding.id}: ${problem}\n    ${fix}${source}`;
    })
    .join('\n');
}
