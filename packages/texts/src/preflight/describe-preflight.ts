import type { Locale, PreflightFault, PreflightFinding } from '@hikyaku/types';
import { oneLine } from '../one-line.ts';
import { cellHintTexts, type FindingByCode, type PreflightFindingText, preflightTexts } from './preflight-texts.ts';

/** What was found about a file before it is sent, for people. */
export function describePreflightFinding(finding: PreflightFinding, locale: Locale): PreflightFindingText {
  return tell(finding.code, finding, locale);
}

/** How to write a cell so that its column takes it. */
export function describePreflightHint(hint: NonNullable<PreflightFault['hint']>, locale: Locale): string {
  return cellHintTexts[hint.code][locale](oneLine(hint.instead));
}

function tell<Code extends keyof FindingByCode>(code: Code, finding: FindingByCode[Code], locale: Locale) {
  return preflightTexts[code][locale](finding);
}
