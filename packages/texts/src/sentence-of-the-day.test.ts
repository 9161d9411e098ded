import { expect, it } from 'vitest';
import { sentenceOfTheDay } from './index.ts';

const none = { total: 0, takenIn: 0, working: 0, needsYou: 0 };

it.each([
  [none, '本日のファイルはまだありません', 'No files yet today'],
  [{ ...none, total: 1, takenIn: 1 }, '本日1件、取り込み済みです', '1 file today, taken in'],
  [{ ...none, total: 3, takenIn: 3 }, '本日3件、すべて取り込み済みです', '3 files today, all taken in'],
  [{ ...none, total: 1, working: 1 }, '本日1件、処理中です', '1 file today, on the way'],
  [{ ...none, total: 2, working: 2 }, '本日2件、すべて処理中です', '2 files today, all on the way'],
  [{ ...none, total: 1, needsYou: 1 }, '本日1件、1件はご確認が必要です', '1 file today, 1 needs you'],
  [
    { total: 1_006, takenIn: 1_000, working: 1, needsYou: 2 },
    '本日1,006件、2件はご確認が必要、1件は処理中、1,000件は取り込み済みです',
    '1,006 files today, 2 need you, 1 on the way, 1,000 taken in',
  ],
  [{ ...none, total: 2 }, '本日2件、対応が必要なものはありません', '2 files today, nothing for you to do'],
])('%o', (counts, ja, en) => {
  expect(sentenceOfTheDay(counts, 'ja')).toBe(ja);
  expect(sentenceOfTheDay(counts, 'en')).toBe(en);
});
