import { rm, writeFile } from 'node:fs/promises';
import { citiesCsv } from './cities-csv.ts';
import { holdPuts } from './hold-puts.ts';
import { personWith } from './people.ts';
import { sendFromDisk } from './send-from-disk.ts';
import { expect, type Page, test } from './test.ts';

test.describe('a file that stopped on its way', () => {
  let page: Page;
  let path: string;

  test.beforeEach(async ({ as }, testInfo) => {
    path = testInfo.outputPath(`${Date.now()}-stopped.csv`);
    await writeFile(path, citiesCsv(3));
    page = await (await as(personWith('uploader'))).newPage();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto('/');
  });
  test.afterEach(() => rm(path, { force: true }));

  test('says where it was going, and asks before it goes somewhere else too', async () => {
    const held = await holdPuts(page);
    const row = await sendFromDisk(page, path);
    await held.reached;
    await page.reload();
    await expect(row).toContainText('Sending stopped on the way');
    await expect(row).toContainText('Cities of the world');
    held.release();

    await page.getByLabel('Dataset to send to').selectOption('Shops');
    await sendFromDisk(page, path);
    const question = page.getByRole('alert').filter({ hasText: 'stopped on the way to “Cities of the world”' });
    await question.getByRole('button', { name: 'Send nothing' }).click();
    await expect(question).toHaveCount(0);
    await expect(row).toContainText('Sending stopped on the way');

    await sendFromDisk(page, path);
    await question.getByRole('button', { name: 'Go on to “Cities of the world”' }).click();
    await expect(row).toContainText('Taken in', { timeout: 45_000 });
    await page.getByLabel('Dataset to send to').selectOption('Cities of the world');
  });

  test('because its session ended goes on with the next one, and the page stays', async () => {
    const held = await holdPuts(page);
    const row = await sendFromDisk(page, path);
    await held.reached;
    const context = page.context();
    const session = await context.cookies();
    await context.clearCookies();
    held.release();
    const note = page.getByRole('alert').filter({ hasText: 'You are signed out' });
    await expect(note).toBeVisible();
    await expect(row).toContainText('Paused');
    await expect(note.getByRole('link', { name: 'Sign in in another tab' })).toHaveAttribute('target', '_blank');
    // Without a new session it stops again, and loses nothing.
    await note.getByRole('button', { name: 'Go on sending' }).click();
    await expect(note).toBeVisible();

    await context.addCookies(session);
    await note.getByRole('button', { name: 'Go on sending' }).click();
    await expect(row).toContainText('Taken in', { timeout: 45_000 });
    await expect(note).toHaveCount(0);
  });

  test('because it was saved over is chosen again, and sent as it is now', async () => {
    const held = await holdPuts(page);
    const row = await sendFromDisk(page, path);
    await held.reached;
    await writeFile(path, citiesCsv(5));
    held.break();
    await expect(row.getByRole('alert')).toContainText('file-changed', { timeout: 30_000 });
    await row.locator('input[type=file]').setInputFiles(path);
    await expect(row).toContainText('Read 5', { timeout: 45_000 });
  });
});
