import { setTimeout as delay } from 'node:timers/promises';
import { HikyakuError } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { type KeyResult, mapKeys } from './map-keys.ts';

const keys = Array.from({ length: 30 }, (_, index) => `key-${index}`);

async function all<T>(results: AsyncIterable<KeyResult<T>>): Promise<KeyResult<T>[]> {
  const list: KeyResult<T>[] = [];
  for await (const result of results) list.push(result);
  return list;
}

const upperCased = async (key: string) => {
  await delay(Number(key.slice(4)) % 3 === 0 ? 15 : 1);
  return key.toUpperCase();
};
const failingTwice = async (key: string) => {
  if (key === 'key-3') throw new HikyakuError('access-denied');
  if (key === 'key-4') throw Object.assign(new Error('x'), { code: 'ECONNRESET' });
  return key;
};
async function* slow() {
  yield 'first';
  yield 'second';
  await delay(10_000, undefined, { ref: false });
  yield 'third';
}

test('one result for each key, in the order of the keys, whoever ends first', async () => {
  const results = await all(mapKeys(keys, upperCased, { concurrency: 5 }));
  expect(results).toEqual(keys.map((key) => ({ key, ok: true, value: key.toUpperCase() })));
});

test('one that fails is its own result, and the others are done', async () => {
  const results = await all(mapKeys(keys, failingTwice));
  expect(results).toHaveLength(30);
  expect(results[3]).toMatchObject({ key: 'key-3', ok: false, error: { code: 'access-denied' } });
  expect(results[4]).toMatchObject({ key: 'key-4', ok: false, error: { code: 'network', retriable: true } });
  expect(results.filter(({ ok }) => ok)).toHaveLength(28);
});

test('never more at a time than asked for, and of keys without end no more than needed', async () => {
  let [running, most, taken] = [0, 0, 0];
  async function* endless() {
    for (;;) {
      taken += 1;
      yield `key-${taken}`;
    }
  }
  const work = async (key: string) => {
    running += 1;
    most = Math.max(most, running);
    // The first takes long: what is behind it waits, and does not pile up.
    await delay(key === 'key-1' ? 100 : 1);
    running -= 1;
    return key;
  };
  let seen = 0;
  for await (const { key } of mapKeys(endless(), work, { concurrency: 4 })) {
    seen += 1;
    expect(key).toBe(`key-${seen}`);
    expect(taken - seen).toBeLessThanOrEqual(8);
    if (seen === 50) break;
  }
  expect(most).toBe(4);
  expect(running).toBe(0);
});

test('a result is there as soon as it and those before it are, though keys come slowly', async () => {
  const results = mapKeys(slow(), async (key) => key, { concurrency: 1 });
  await expect(results.next()).resolves.toMatchObject({ value: { key: 'first' } });
});

test('an abort reaches what is running, and ends it all with its reason', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  let heard = 0;
  const work = (_: string, signal: AbortSignal) =>
    delay(10_000, undefined, { signal }).catch(() => {
      heard += 1;
    });
  setTimeout(() => controller.abort(reason), 20);
  await expect(all(mapKeys(keys, work, { concurrency: 3, signal: controller.signal }))).rejects.toBe(reason);
  expect(heard).toBe(3);
});
