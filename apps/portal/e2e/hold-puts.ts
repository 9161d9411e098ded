import type { Page } from '@playwright/test';

/** Holds back what is sent to storage, until it is let go or its line broken; what is sent later goes on its way. */
export async function holdPuts(page: Page) {
  const reached = Promise.withResolvers<void>();
  const held = Promise.withResolvers<boolean>();
  let isHolding = true;
  await page.route(isSigned, async (route) => {
    if (route.request().method() !== 'PUT' || !isHolding) return route.fallback();
    reached.resolve();
    return (await held.promise) ? route.fallback() : route.abort('connectionreset');
  });
  const end = (isLetGo: boolean) => {
    isHolding = false;
    held.resolve(isLetGo);
  };
  return { reached: reached.promise, release: () => end(true), break: () => end(false) };
}

function isSigned(url: URL): boolean {
  return url.searchParams.has('X-Amz-Signature');
}
