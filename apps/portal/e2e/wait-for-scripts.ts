import type { BrowserContext, Page } from '@playwright/test';

/**
 * Whoever goes to a page of this browser waits until its script has taken it over: what is pressed before is lost, and how long that takes
 * is the machine's. Not where a test waits for no more than the address (`commit`).
 */
export function waitForScripts(context: BrowserContext): void {
  const newPage = context.newPage.bind(context);
  context.newPage = async () => {
    const page = await newPage();
    const goto = page.goto.bind(page);
    page.goto = async (url, options) => {
      const response = await goto(url, options);
      if (options?.waitUntil !== 'commit') await untilTakenOver(page);
      return response;
    };
    return page;
  };
}

/** React marks what it has taken over; what it does then beside the drawing is done two frames later. */
async function untilTakenOver(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const heading = document.querySelector('h1');
    return !heading || Object.keys(heading).some((key) => key.startsWith('__reactFiber'));
  });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
