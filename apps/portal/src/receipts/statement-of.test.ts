import type { Receipt } from '@hikyaku/receipts';
import { expect, test } from 'vitest';
import { receiptOf } from './receipt-of.ts';
import { statementOf } from './statement-of.ts';

const rows = { read: 3, new: 2, changed: 0, unchanged: 0, repeated: 0, refused: 1, deleted: 0 };
const because = (code: string) => ({ code, text: { ja: '', en: '' } });

test.each<[Pick<Receipt, 'outcome' | 'rows' | 'cause'>, string]>([
  [{ outcome: 'taken_in', rows: { ...rows, refused: 0 }, cause: null }, 'taken_in'],
  [{ outcome: 'taken_in', rows, cause: null }, 'takenInWithRejects'],
  [{ outcome: 'refused', rows, cause: because('too-many-rejects') }, 'refused'],
  [{ outcome: 'newer_kept', rows: null, cause: null }, 'newer_kept'],
  [{ outcome: 'newer_kept', rows: null, cause: because('object-superseded') }, 'superseded'],
])('%j is told as %s', (told, statement) => {
  expect(statementOf(receiptOf(told))).toBe(statement);
});
