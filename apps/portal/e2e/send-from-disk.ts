import { basename } from 'node:path';
import type { Locator, Page } from '@playwright/test';

/** Sends a file of the disk, and returns its row among the files being sent. */
export async function sendFromDisk(page: Page, path: string): Promise<Locator> {
  await page.locator('input[type=file][multiple]').setInputFiles(path);
  return page
    .getByRole('region', { name: 'Files being sent' })
    .getByRole('listitem')
    .filter({ hasText: basename(path) })
    .first();
}
