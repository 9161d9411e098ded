import type { Locale, Reject } from '@hikyaku/types';

/** Leave `column` and `value` out where they stand in cells of their own. */
export type RejectReason = Pick<Reject, 'code'> & Partial<Pick<Reject, 'column' | 'value' | 'details'>>;

/** Why a line was refused, with its number: `Line 3: 'amount' is not a number (value: １，２００円).` */
export function describeReject(reject: RejectReason & Pick<Reject, 'lineNumber'>, locale: Locale): string {
  return locale === 'ja'
    ? `${reject.lineNumber}行目の${describeRejectReason(reject, locale)}`
    : `Line ${reject.lineNumber}: ${describeRejectReason(reject, locale)}`;
}

/** Why a line was refused, without its number. */
export function describeRejectReason(reject: RejectReason, locale: Locale): string {
  return locale === 'ja' ? `値に不備があります（${reject.code}）。` : `a value is not valid (${reject.code}).`;
}
