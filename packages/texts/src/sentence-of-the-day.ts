import type { Locale } from '@hikyaku/types';
import { formatCount } from './format-count.ts';

/** Today's files of one reader. `total` may exceed the rest: what was cancelled or skipped is only in it. */
export type DayCounts = { total: number; takenIn: number; working: number; needsYou: number };

/** The day in one sentence, without a closing mark: "3 files today, all taken in". What asks for the reader comes first. */
export function sentenceOfTheDay(counts: DayCounts, locale: Locale): string {
  return locale === 'ja' ? inJapanese(counts) : inEnglish(counts);
}

function inJapanese({ total, takenIn, working, needsYou }: DayCounts): string {
  if (total === 0) return '本日のファイルはまだありません';
  const today = `本日${ja(total)}件`;
  if (takenIn === total) return `${today}、${total === 1 ? '' : 'すべて'}取り込み済みです`;
  if (working === total) return `${today}、${total === 1 ? '' : 'すべて'}処理中です`;
  const parts = [
    needsYou && `${ja(needsYou)}件はご確認が必要`,
    working && `${ja(working)}件は処理中`,
    takenIn && `${ja(takenIn)}件は取り込み済み`,
  ].filter(Boolean);
  return parts.length === 0 ? `${today}、対応が必要なものはありません` : `${today}、${parts.join('、')}です`;
}

function inEnglish({ total, takenIn, working, needsYou }: DayCounts): string {
  if (total === 0) return 'No files yet today';
  const today = total === 1 ? '1 file today' : `${en(total)} files today`;
  if (takenIn === total) return `${today}, ${total === 1 ? '' : 'all '}taken in`;
  if (working === total) return `${today}, ${total === 1 ? '' : 'all '}on the way`;
  const parts = [
    needsYou && `${en(needsYou)} ${needsYou === 1 ? 'needs' : 'need'} you`,
    working && `${en(working)} on the way`,
    takenIn && `${en(takenIn)} taken in`,
  ].filter(Boolean);
  return parts.length === 0 ? `${today}, nothing for you to do` : `${today}, ${parts.join(', ')}`;
}

const ja = (count: number) => formatCount(count, 'ja');
const en = (count: number) => formatCount(count, 'en');
