import { expect, test } from 'vitest';
import { checkToken } from './check-token.ts';

const url = 'https://h.example';

test.each(['hky_one\nhky_two', 'hky_ｔｏｋｅｎ', 'hky one', 'トークン'])('%j is no token, and never told', (token) => {
  expect(() => checkToken({ url, token })).toThrow(expect.objectContaining({ code: 'not-a-token', details: { url } }));
});

test('what it is made of beyond that is the affair of the server', () => {
  expect(checkToken({ url, token: 'hky_-+/=.~' })).toEqual({ url, token: 'hky_-+/=.~' });
});
