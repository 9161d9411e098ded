import type { Locator } from '@playwright/test';

/** How much of a file is sent by its bar, from 0 to 1; 0 while there is no bar. */
export async function sentShare(row: Locator): Promise<number> {
  const shares = await row
    .locator('progress')
    .evaluateAll((bars) => bars.map((bar) => (bar instanceof HTMLProgressElement ? bar.position : 0)));
  return shares[0] ?? 0;
}
