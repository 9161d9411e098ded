import type { Me } from './me.ts';

interface Destination {
  href: string;
  name: 'home' | 'files' | 'keys' | 'members' | 'tokens' | 'policies' | 'unrouted';
}

/** Where a person may go. The API decides; this only keeps closed doors out of sight. */
export function navigationOf(me: Pick<Me, 'role' | 'isPlatformAdministrator'>): Destination[] {
  return [
    { href: '/', name: 'home' },
    { href: '/files', name: 'files' },
    { href: '/keys', name: 'keys' },
    ...(me.role === 'administrator'
      ? ([
          { href: '/members', name: 'members' },
          { href: '/tokens', name: 'tokens' },
          { href: '/policies', name: 'policies' },
        ] as const)
      : []),
    ...(me.isPlatformAdministrator ? [{ href: '/platform/unrouted', name: 'unrouted' } as const] : []),
  ];
}
