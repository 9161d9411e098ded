import { describeDoctorFinding } from '@hikyaku/texts';
import type { DoctorFinding, DoctorState, Locale } from '@hikyaku/types';
import { type DoctorSummary, summarize } from './summarize.ts';

const marks = { ok: '✓', warn: '!', fail: '✗', skipped: '-' } satisfies Record<DoctorState, string>;

/** For a terminal or a mail: a line for each check, cause and remedy below it, the sum at the end. */
export function renderFindings(findings: readonly DoctorFinding[], locale: Locale): string {
  const lines = findings.map((finding) => renderFinding(finding, locale));
  return [...lines, '', renderSummary(summarize(findings), locale), ''].join('\n');
}

/** One check, while the others are still to come. */
export function renderFinding(finding: DoctorFinding, locale: Locale): string {
  const { title, fact, cause, remedy } = describeDoctorFinding(finding, locale);
  const head = `${marks[finding.state]} ${[title, fact].filter(Boolean).join(locale === 'ja' ? '：' : ': ')}`;
  const why = finding.explanation?.[locale].split('\n') ?? [];
  return [head, ...[cause, ...why, remedy].filter((part) => part !== null).map((part) => `    ${part}`)].join('\n');
}

/** `7 of 9 are well (1 warning, 1 failed).` */
export function renderSummary({ ok, looked, warn, fail }: DoctorSummary, locale: Locale): string {
  return locale === 'ja'
    ? `${looked}件中${ok}件が正常です（注意 ${warn}、異常 ${fail}）。`
    : `${ok} of ${looked} are well (${warn} ${warn === 1 ? 'warning' : 'warnings'}, ${fail} failed).`;
}
