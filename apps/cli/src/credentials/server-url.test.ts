import { expect, test } from 'vitest';
import { parseServerUrl } from './server-url.ts';

const careful = { allowsHttp: false };

test.each([
  ['https://h.example/some/page', 'https://h.example'],
  ['h.example', 'https://h.example'],
  ['http://127.0.0.1:3000', 'http://127.0.0.1:3000'],
  ['http://localhost:3000/', 'http://localhost:3000'],
])('%s → %s', (given, origin) => expect(parseServerUrl(given, careful)).toBe(origin));

test.each(['http://h.example', 'http://127.example.com', 'http://localhost.example.com'])(
  'no token goes to %s in the clear, unless that is allowed',
  (given) => {
    expect(() => parseServerUrl(given, careful)).toThrow(expect.objectContaining({ code: 'insecure-url' }));
    expect(parseServerUrl(given, { allowsHttp: true })).toBe(given);
  },
);

test.each(['ftp://h.example', 'https://', ''])('%j is no address', (given) => {
  expect(() => parseServerUrl(given, careful)).toThrow(expect.objectContaining({ code: 'not-a-url' }));
});
