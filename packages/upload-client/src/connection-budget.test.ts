import { HikyakuError } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { type ConnectionBudget, createConnectionBudget } from './connection-budget.ts';

const never = new AbortController().signal;
const soon = () => new Promise((resolve) => setTimeout(resolve, 1));

test('no more work at a time than there are connections, first come first served', async () => {
  const budget = createConnectionBudget(3);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const work = (index: number) =>
    budget.use(async () => {
      order.push(index);
      most = Math.max(most, (running += 1));
      await soon();
      running -= 1;
    }, never);
  await Promise.all(Array.from({ length: 20 }, (_, index) => work(index)));
  expect(most).toBe(3);
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
});

test('a connection comes back after a failure, and what waits and is aborted takes none', async () => {
  const budget = createConnectionBudget(1);
  await expect(budget.use(() => Promise.reject(new Error('reset')), never)).rejects.toThrow('reset');

  const held = Promise.withResolvers<void>();
  const holding = budget.use(() => held.promise, never);
  const cancel = new AbortController();
  const waiting = budget.use(() => Promise.resolve('never'), cancel.signal);
  const next = budget.use(() => Promise.resolve('next'), never);
  cancel.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
  held.resolve();
  await holding;
  expect(await next).toBe('next');
  expect(await budget.use(() => Promise.resolve('after'), never)).toBe('after');
});

test('aborted in the moment its turn comes, it hands the connection on', async () => {
  const budget = createConnectionBudget(1);
  const held = Promise.withResolvers<void>();
  const cancel = new AbortController();
  const holding = budget.use(() => held.promise, never).finally(() => cancel.abort(new Error('cancelled')));
  const waiting = budget.use(() => Promise.resolve('late'), cancel.signal).catch(() => 'cancelled');
  held.resolve();
  await Promise.all([holding, waiting]);
  expect(await budget.use(() => Promise.resolve('after'), never)).toBe('after');
});

const broken = () => Promise.reject(new HikyakuError('network', { retriable: true }));

test('a line that breaks gets fewer connections, down to one, and more again with what succeeds', async () => {
  const budget = createConnectionBudget(6);
  const lose = () => budget.use(broken, never).catch(() => {});
  expect(await mostAtOnce(budget)).toBe(6);
  await lose();
  expect(await mostAtOnce(budget, 3)).toBe(3);
  for (let index = 0; index < 10; index += 1) await lose();
  expect(await mostAtOnce(budget, 1)).toBe(1);
  // That one succeeded, and others after it.
  expect(await mostAtOnce(budget, 2)).toBe(2);
  await mostAtOnce(budget, 20);
  expect(await mostAtOnce(budget)).toBe(6);
});

/** How many of some works run at the same time before any of them ends. */
async function mostAtOnce(budget: ConnectionBudget, works = 12): Promise<number> {
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, (running += 1));
    await soon();
    running -= 1;
  };
  await Promise.all(Array.from({ length: works }, () => budget.use(work, never)));
  return most;
}
