import type { Locale } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';

/** What a receipt says of the digest that its sender made, beside the one that was found. */
export type ReceiptComparison = 'same' | 'same-parts' | 'different' | 'nothing-said' | 'not-compared';

const texts = {
  same: {
    ja: '送る前に計算したSHA-256と、届いたものから計算したSHA-256が一致しています。',
    en: 'The SHA-256 made before sending is the one of what arrived.',
  },
  'same-parts': {
    ja: '送る前に部分ごとに計算したSHA-256が、届いたものとすべて一致しています。',
    en: 'The SHA-256 of each part, made before sending, is the one of what arrived.',
  },
  different: {
    ja: '送る前に計算したSHA-256と、届いたものが一致しませんでした。',
    en: 'What arrived does not have the SHA-256 that was made before sending.',
  },
  'nothing-said': {
    ja: '送る前のSHA-256は伝えられていません。記載のSHA-256は、届いたものから計算しました。',
    en: 'No SHA-256 was told before sending. The one above was made of what arrived.',
  },
  'not-compared': {
    ja: 'ファイルを最後まで読んでいないため、SHA-256は照合していません。',
    en: 'The file was not read to its end, so that no SHA-256 was compared.',
  },
} satisfies Record<ReceiptComparison, ByLocale<string>>;

export function receiptComparisonText(comparison: ReceiptComparison, locale: Locale): string {
  return texts[comparison][locale];
}
