import { expect, test } from 'vitest';
import { readBeginning } from './read-beginning.ts';

const { signal } = new AbortController();

/** Uses its memory again, as some sources do. */
async function* pieces(count: number, state: { read: number } = { read: 0 }): AsyncGenerator<Uint8Array, void> {
  const memory = new Uint8Array(10);
  for (let index = 0; index < count; index += 1) {
    state.read += 1;
    yield memory.fill(index);
  }
}

const joined = (parts: readonly Uint8Array[]) => Array.from(Buffer.concat(parts));

test.each([0, 1, 3])('a stream of %i pieces that fits is all there', async (count) => {
  const { beginning, rest } = await readBeginning(pieces(count), 30, signal);
  expect(rest).toBeUndefined();
  expect(joined(beginning)).toEqual(Array.from({ length: count }, (_, index) => Array(10).fill(index)).flat());
});

test('of a longer one no more is read than has to be, and nothing is lost', async () => {
  const state = { read: 0 };
  const { rest } = await readBeginning(pieces(9, state), 30, signal);
  expect(state.read).toBe(4);
  const all: number[] = [];
  for await (const piece of rest ?? []) all.push(...piece);
  expect(all).toEqual(Array.from({ length: 9 }, (_, index) => Array(10).fill(index)).flat());
});
