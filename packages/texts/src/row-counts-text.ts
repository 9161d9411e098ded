import type { Locale, RowCounts } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';
import { formatCount } from './format-count.ts';
import { toldCounts } from './told-counts.ts';

const names = {
  read: { ja: '読み取り', en: 'read' },
  inserted: { ja: '追加', en: 'added' },
  updated: { ja: '更新', en: 'changed' },
  unchanged: { ja: '変更なし', en: 'unchanged' },
  repeated: { ja: '重複行', en: 'repeated' },
  rejected: { ja: '不備', en: 'refused' },
  deleted: { ja: '表から削除', en: 'deleted from the table' },
} satisfies Record<keyof RowCounts, ByLocale<string>>;

/** What became of a file's rows, in one line: `read 9, added 4, changed 2, unchanged 2, refused 1`. */
export function rowCountsText(counts: RowCounts, locale: Locale): string {
  return toldCounts(counts)
    .map((count) => `${names[count][locale]} ${formatCount(counts[count], locale)}`)
    .join(locale === 'ja' ? '、' : ', ');
}
