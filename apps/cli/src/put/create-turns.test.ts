import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurns } from './create-turns.ts';

test('of one name one after the other, even after one that failed; other names do not wait', async () => {
  const inTurn = createTurns();
  const told: string[] = [];
  const work = (name: string, milliseconds: number) => async () => {
    told.push(`${name} begins`);
    await delay(milliseconds);
    told.push(`${name} ends`);
    if (name === 'first') throw new Error('first');
    return name;
  };
  const results = await Promise.allSettled([
    inTurn('same', work('first', 20)),
    inTurn('same', work('second', 20)),
    inTurn('other', work('third', 1)),
  ]);
  expect(told).toEqual(['first begins', 'third begins', 'third ends', 'first ends', 'second begins', 'second ends']);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
});
