import { describe, expect, it } from 'vitest';
import { navigationOf } from './navigation-of.ts';

describe('navigationOf', () => {
  it.each([
    ['uploader', false, ['home', 'files']],
    ['operator', false, ['home', 'files']],
    ['administrator', false, ['home', 'files', 'members']],
    ['uploader', true, ['home', 'files', 'unrouted']],
    ['administrator', true, ['home', 'files', 'members', 'unrouted']],
  ] as const)('shows %s (platform administrator: %s) %j', (role, isPlatformAdministrator, names) => {
    expect(navigationOf({ role, isPlatformAdministrator }).map(({ name }) => name)).toEqual(names);
  });
});
