const base = 'https://portal.invalid';

/** Where to go after signing in: a path of this portal, or home. Whatever a browser could read as another site is refused. */
export function safeReturnPath(asked: string | string[] | null | undefined): string {
  if (typeof asked !== 'string' || !asked.startsWith('/') || !URL.canParse(asked, base)) return '/';
  const url = new URL(asked, base);
  const back = `${url.pathname}${url.search}`;
  const elsewhere = url.origin !== base || back.startsWith('//') || isNoPage(url.pathname);
  return elsewhere ? '/' : back;
}

function isNoPage(pathname: string): boolean {
  return pathname === '/sign-in' || pathname === '/api' || pathname.startsWith('/api/');
}
