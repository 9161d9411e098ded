import type { Locale, Reject } from '@hikyaku/types';
import { readDetails } from './detail-reader.ts';
import { formatCount } from './format-count.ts';
import { oneLine } from './one-line.ts';
import { rejectTexts } from './reject-texts.ts';

/** Leave `column` and `value` out where they stand in table cells of their own. */
export type RejectReason = Pick<Reject, 'code'> & Partial<Pick<Reject, 'column' | 'value' | 'details'>>;

/** Why a line was refused, with its number: `Line 3: 'amount' is not a number (value: １，２００円).` */
export function describeReject(reject: RejectReason & Pick<Reject, 'lineNumber'>, locale: Locale): string {
  const line = formatCount(reject.lineNumber, locale);
  if (locale === 'en') return `Line ${line}: ${faultInEnglish(reject)} ${predicate(reject, 'en')}`;
  const fault = faultInJapanese(reject);
  return `${line}行目${fault && `の${fault}`}${predicate(reject, 'ja')}`;
}

/** Why a line was refused, without its number: `'amount' is not a number (value: １，２００円).`, `The value is not a number.` */
export function describeRejectReason(reject: RejectReason, locale: Locale): string {
  if (locale === 'ja') return `${faultInJapanese(reject) || 'この行'}${predicate(reject, 'ja')}`;
  const fault = faultInEnglish(reject);
  return `${fault.charAt(0).toUpperCase()}${fault.slice(1)} ${predicate(reject, 'en')}`;
}

/** Empty where the whole line is at fault. */
function faultInJapanese(reject: RejectReason): string {
  if (reject.column) return `『${oneLine(reject.column)}』`;
  return rejectTexts[reject.code].fault === 'line' ? '' : '値';
}

function faultInEnglish(reject: RejectReason): string {
  return reject.column ? `'${oneLine(reject.column)}'` : `the ${rejectTexts[reject.code].fault}`;
}

function predicate(reject: RejectReason, locale: Locale): string {
  const text = rejectTexts[reject.code][locale](readDetails(reject.details ?? {}, locale));
  const value = oneLine(reject.value ?? '');
  const isLine = !reject.column && rejectTexts[reject.code].fault === 'line';
  if (locale === 'ja') return `${text}${value && `（${isLine ? '行の内容' : '値'}: ${value}）`}。`;
  return `${text}${value && ` (${isLine ? 'it reads' : 'value'}: ${value})`}.`;
}
