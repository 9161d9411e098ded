import { crc32c as native } from '@node-rs/crc32';
import { expect, test } from 'vitest';
import { crc32cInJavaScript } from './crc32-in-javascript.ts';
import { crc32c } from './crc32.ts';

test.each([
  ['in JavaScript', crc32cInJavaScript],
  ['by what is there', crc32c],
])('%s the same comes out, in pieces too', (_, compute) => {
  const [one, two] = [Buffer.from('the first bytes'), Buffer.from('and those behind them')];
  expect(compute(two, compute(one))).toBe(native(two, native(one)));
  expect(compute(Buffer.alloc(0))).toBe(native(Buffer.alloc(0)));
});
