import { expect, test } from 'vitest';
import { pairRow } from './pair-row.ts';
import { spreadOf } from './spread.ts';

const rowWith = (...ratios: number[]) =>
  pairRow({
    goalId: 'P1',
    what: 'a load',
    peer: 'a script',
    result: { oursSeconds: spreadOf([1]), peerSeconds: spreadOf([2]), ratio: spreadOf(ratios) },
    goalRatio: 1.8,
    limitedBy: 'the disk.',
  });

test('a goal is met by the median, and what limits it is told only where it is missed', () => {
  expect(rowWith(1, 1.8, 3)).toMatchObject({ isMet: true, goal: '≥ 1.8×' });
  expect(rowWith(1, 1.8, 3)).not.toHaveProperty('limitedBy');
  expect(rowWith(1, 1.79, 3)).toMatchObject({ isMet: false, limitedBy: 'the disk.' });
});
