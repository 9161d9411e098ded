'use client';

/** Leaves this page, to come back to it with a new session. */
export function goToSignIn(): void {
  const here = `${location.pathname}${location.search}`;
  if (location.pathname === '/sign-in') return;
  location.assign(here === '/' ? '/sign-in?expired=1' : `/sign-in?expired=1&next=${encodeURIComponent(here)}`);
}
