import { expect, test } from 'vitest';
import { coalesce } from './coalesce.ts';

test('work that is asked for while it is done is done once more, however often it is asked', async () => {
  let running = 0;
  let most = 0;
  let done = 0;
  const look = coalesce(async () => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    done += 1;
  });
  await Promise.all([look(), look(), look(), look()]);
  expect({ most, done }).toEqual({ most: 1, done: 2 });
  await look();
  expect(done).toBe(3);
});

test('work that failed is done again when it is asked for', async () => {
  const ends = [Promise.reject(new Error('once')), Promise.resolve()];
  const look = coalesce(() => ends.shift() ?? Promise.resolve());
  await expect(look()).rejects.toThrow('once');
  await expect(look()).resolves.toBeUndefined();
});
