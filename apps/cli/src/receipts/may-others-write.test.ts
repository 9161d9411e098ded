import { expect, test } from 'vitest';
import { mayOthersWrite } from './may-others-write.ts';

test.each([
  [0o100600, 1000, false],
  [0o100644, 1000, false],
  [0o040755, 1000, false],
  [0o100644, 0, false],
  [0o100620, 1000, true],
  [0o100602, 1000, true],
  [0o040775, 0, true],
  [0o041777, 0, true],
  [0o100600, 1001, true],
])('mode %o of user %i: %s', (mode, uid, expected) => {
  expect(mayOthersWrite({ mode, uid }, 1000)).toBe(expected);
});

test('not even root believes what is of somebody else', () => {
  expect(mayOthersWrite({ mode: 0o100600, uid: 1000 }, 0)).toBe(true);
});
