import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readUntil } from './read-until.ts';

async function readAll<T>(source: AsyncIterable<T>, signal = new AbortController().signal): Promise<T[]> {
  const found: T[] = [];
  for await (const one of readUntil(source, signal)) found.push(one);
  return found;
}

async function* whole() {
  yield* [1, 2, 3];
}

async function* broken() {
  yield 1;
  throw new Error('broken');
}

test('everything comes, in order, and a failure of the source is its own', async () => {
  expect(await readAll(whole())).toEqual([1, 2, 3]);
  await expect(readAll(broken())).rejects.toThrow('broken');
});

test('an abort ends it at once though the source says nothing, and before it is asked at all', async () => {
  let asked = 0;
  async function* silent() {
    asked += 1;
    yield await new Promise<never>(() => undefined);
  }
  const controller = new AbortController();
  const reading = readAll(silent(), controller.signal);
  setTimeout(() => controller.abort(new Error('enough')), 10);
  await expect(reading).rejects.toThrow('enough');
  await expect(readAll(silent(), controller.signal)).rejects.toThrow('enough');
  expect(asked).toBe(1);
});

test('a source that can be told that nobody reads on has closed when it ends', async () => {
  let isClosed = false;
  async function* source() {
    try {
      yield* [1, 2, 3];
    } finally {
      await delay(10);
      isClosed = true;
    }
  }
  const reading = readUntil(source(), new AbortController().signal);
  await reading.next();
  await reading.return();
  expect(isClosed).toBe(true);
});
