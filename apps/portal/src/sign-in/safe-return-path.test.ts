import { describe, expect, it } from 'vitest';
import { safeReturnPath } from './safe-return-path.ts';

describe('safeReturnPath', () => {
  it.each([
    ['/files', '/files'],
    ['/files/0b9c?show=needs-you', '/files/0b9c?show=needs-you'],
    ['/files/../members', '/members'],
  ])('keeps %s', (asked, path) => {
    expect(safeReturnPath(asked)).toBe(path);
  });

  it.each([
    undefined,
    null,
    '',
    'files',
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '/\t/elsewhere.example/',
    '/..//elsewhere.example/',
    'javascript:alert(1)',
    '/sign-in?next=/sign-in',
    '/api/auth/sign-out',
    '/files/../api/auth/sign-out',
    ['/files', '/members'],
  ])('goes home instead of %j', (asked) => {
    expect(safeReturnPath(asked)).toBe('/');
  });
});
