import type { Locator, Page } from '@playwright/test';

/** The panel of a file about which something was found before it was sent; of the page in English or Japanese. */
export function heldFile(page: Page, name: string): Locator {
  return page.getByRole('article', { name });
}

/** Sends a file although something was found about it. */
export async function sendAsItIs(page: Page, name: string): Promise<void> {
  await heldFile(page, name).getByRole('button', { name: 'Send as it is' }).click();
}
