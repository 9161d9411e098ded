import type { ColumnType, Locale } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';

const texts = {
  text: { ja: '文字', en: 'Text' },
  integer: { ja: '整数', en: 'Whole number' },
  number: { ja: '数値', en: 'Number' },
  boolean: { ja: 'はい・いいえ', en: 'Yes or no' },
  date: { ja: '日付', en: 'Date' },
  timestamp: { ja: '日時', en: 'Date and time' },
} satisfies Record<ColumnType, ByLocale<string>>;

/** What a column holds, in words. */
export function columnTypeText(type: ColumnType, locale: Locale): string {
  return texts[type][locale];
}
