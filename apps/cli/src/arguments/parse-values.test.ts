import { expect, test } from 'vitest';
import { parseBytes, parseCount, parseSeconds, parseSha256 } from './parse-values.ts';

test.each([
  ['90', 90],
  ['90s', 90],
  ['15m', 900],
  ['1h', 3_600],
  ['7d', 604_800],
])('%s are %i seconds', (text, seconds) => expect(parseSeconds(text)).toBe(seconds));

test.each(['', '0', '1.5h', '-1', '1w', '1e3'])('%j is no length of time', (text) => {
  expect(() => parseSeconds(text)).toThrow(expect.objectContaining({ code: 'not-a-duration' }));
});

test('counts begin at 1, sizes at 0', () => {
  expect([parseCount('1'), parseBytes('0')]).toEqual([1, 0]);
  for (const parse of [() => parseCount('0'), () => parseCount('x'), () => parseBytes('1k')]) {
    expect(parse).toThrow(expect.objectContaining({ code: 'not-a-number' }));
  }
});

test('a digest is 64 hexadecimal digits, in capitals or not', () => {
  expect(parseSha256('AB'.repeat(32))).toBe('ab'.repeat(32));
  expect(() => parseSha256('ab')).toThrow(expect.objectContaining({ code: 'not-a-digest' }));
});
