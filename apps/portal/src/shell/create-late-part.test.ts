import { expect, test, vi } from 'vitest';
import { createLatePart } from './create-late-part.ts';

/** A script that doesn't come the first times. */
function comingAfter(failures: number) {
  let asked = 0;
  const late = createLatePart(async () => {
    asked += 1;
    if (asked <= failures) throw new Error('the script did not come');
    return 'the part';
  });
  return { late, asked: () => asked };
}

test('a part is asked for once, however often it is wanted', async () => {
  const { late, asked } = comingAfter(0);
  late.load();
  late.load();
  await vi.waitFor(() => expect(late.getSnapshot()).toEqual({ part: 'the part', isMissing: false }));
  late.load();
  expect(asked()).toBe(1);
});

test('one that does not come is told, and comes when it is asked for again', async () => {
  const { late } = comingAfter(1);
  const told: unknown[] = [];
  const stop = late.subscribe(() => told.push(late.getSnapshot()));
  late.load();
  await vi.waitFor(() => expect(told).toEqual([{ part: null, isMissing: true }]));
  late.load();
  await vi.waitFor(() => expect(told.at(-1)).toEqual({ part: 'the part', isMissing: false }));
  stop();
});
