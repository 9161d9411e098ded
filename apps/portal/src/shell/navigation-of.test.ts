import { describe, expect, it } from 'vitest';
import { navigationOf } from './navigation-of.ts';

describe('navigationOf', () => {
  it.each([
    ['uploader', false, ['home', 'files', 'keys']],
    ['operator', false, ['home', 'files', 'keys']],
    ['administrator', false, ['home', 'files', 'keys', 'members', 'tokens', 'policies']],
    ['uploader', true, ['home', 'files', 'keys', 'unrouted']],
    ['administrator', true, ['home', 'files', 'keys', 'members', 'tokens', 'policies', 'unrouted']],
  ] as const)('shows %s (platform administrator: %s) %j', (role, isPlatformAdministrator, names) => {
    expect(navigationOf({ role, isPlatformAdministrator }).map(({ name }) => name)).toEqual(names);
  });
});
