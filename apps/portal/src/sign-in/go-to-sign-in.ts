'use client';

/** Told on the window before this page is left; who prevents it keeps the page, and says what to do. */
export const signedOutEvent = 'hikyaku-signed-out';

/** Leaves this page, to come back to it with a new session. */
export function goToSignIn(): void {
  if (!dispatchEvent(new Event(signedOutEvent, { cancelable: true }))) return;
  const here = `${location.pathname}${location.search}`;
  if (location.pathname === '/sign-in') return;
  location.assign(here === '/' ? '/sign-in?expired=1' : `/sign-in?expired=1&next=${encodeURIComponent(here)}`);
}
