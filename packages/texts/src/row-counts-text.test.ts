import { expect, test } from 'vitest';
import { rowCountsText, toldCounts } from './index.ts';

const rows = { read: 1_209, inserted: 1_204, updated: 2, unchanged: 1, repeated: 0, rejected: 2, deleted: 0 };
const rare = { ...rows, read: 1_210, repeated: 1, deleted: 7 };

test('the counts that are told add up to the lines that were read, and rows that were deleted are told', () => {
  expect(toldCounts(rows)).toEqual(['read', 'inserted', 'updated', 'unchanged', 'rejected']);
  const told = toldCounts(rare);
  expect(told).toEqual(['read', 'inserted', 'updated', 'unchanged', 'repeated', 'rejected', 'deleted']);
  const [read, ...parts] = told.filter((count) => count !== 'deleted').map((count) => rare[count]);
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(read);
});

test('in one line they stand in that order; what there is none of, and seldom is, is left out', () => {
  expect(rowCountsText(rows, 'en')).toBe('read 1,209, added 1,204, changed 2, unchanged 1, refused 2');
  expect(rowCountsText(rare, 'en')).toBe(
    'read 1,210, added 1,204, changed 2, unchanged 1, repeated 1, refused 2, deleted from the table 7',
  );
  expect(rowCountsText(rare, 'ja')).toBe(
    '読み取り 1,210、追加 1,204、更新 2、変更なし 1、重複行 1、不備 2、表から削除 7',
  );
});
