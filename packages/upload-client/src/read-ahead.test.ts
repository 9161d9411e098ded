import { expect, test } from 'vitest';
import { readAhead } from './read-ahead.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve, 2));

async function* failing() {
  yield 1;
  yield 2;
  throw new Error('broken');
}

function countingSource(count: number) {
  const state = { given: 0, closed: false };
  async function* source() {
    try {
      for (; state.given < count; state.given += 1) yield state.given;
    } finally {
      state.closed = true;
    }
  }
  return { state, source: source() };
}

test('everything comes once and in order, to several takers too', async () => {
  const { source } = countingSource(100);
  const reader = readAhead(source, 7);
  const got: number[] = [];
  const take = async () => {
    for await (const item of reader) {
      got.push(item);
      if (item % 3 === 0) await soon();
    }
  };
  await Promise.all([take(), take(), take()]);
  expect(got).toEqual(Array.from({ length: 100 }, (_, index) => index));
});

test('it reads no further ahead than asked while nobody takes', async () => {
  const { state, source } = countingSource(100);
  const reader = readAhead(source, 4);
  await reader.next();
  await soon();
  expect(state.given).toBeLessThanOrEqual(1 + 4);
  await reader.return(undefined);
});

test("a source's error comes after what came before it", async () => {
  const got: number[] = [];
  const reading = (async () => {
    for await (const item of readAhead(failing(), 1)) got.push(item);
  })();
  await expect(reading).rejects.toThrow('broken');
  expect(got).toEqual([1, 2]);
});

test('a taker that stops closes the source', async () => {
  const { state, source } = countingSource(100);
  for await (const item of readAhead(source, 4)) if (item === 0) break;
  await soon();
  expect(state.closed).toBe(true);
});
