import { expect, test } from 'vitest';
import { createAttemptLimit } from './attempt-limit.ts';

function limited(perMinute: number) {
  let now = 0;
  const limit = createAttemptLimit({ perMinute, now: () => now });
  return { ...limit, pass: (seconds: number) => (now += seconds * 1_000) };
}

test('lets as many through as it may, then tells how long to wait', () => {
  const { attempt, pass } = limited(2);
  expect([attempt('a'), attempt('a')]).toEqual([undefined, undefined]);
  pass(20);
  expect(attempt('a')).toBe(40);
  pass(39.9);
  expect(attempt('a')).toBe(1);
});

test('counts each key by itself', () => {
  const { attempt } = limited(1);
  expect([attempt('a'), attempt('b'), attempt('a')]).toEqual([undefined, undefined, 60]);
});

test('begins anew after a minute', () => {
  const { attempt, pass } = limited(1);
  attempt('a');
  expect(attempt('a')).toBe(60);
  pass(60);
  expect(attempt('a')).toBeUndefined();
});

test('holds no more keys than it has room for, and those it holds stay counted', () => {
  const { attempt } = limited(1);
  attempt('first');
  for (let index = 0; index < 30_000; index += 1) attempt(String(index));
  expect(attempt('first')).toBe(60);
  expect([attempt('29999'), attempt('29999')]).toEqual([undefined, undefined]);
});
