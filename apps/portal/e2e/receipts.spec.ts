import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { citiesCsv } from './cities-csv.ts';
import { writePaddedCities } from './padded-cities-csv.ts';
import { personWith } from './people.ts';
import { sendFromDisk } from './send-from-disk.ts';
import { expect, type Page, test } from './test.ts';

const receiptFile = z.looseObject({
  receipt: z.looseObject({
    comparison: z.string(),
    outcome: z.string(),
    file: z.looseObject({ sha256: z.string() }),
    sender: z.looseObject({ sha256: z.string().nullable() }),
  }),
});

/** The receipt of the file whose page is open, as its sender saves it. */
async function downloadReceipt(page: Page, path: string): Promise<string> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download receipt' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.csv\.receipt\.json$/);
  await download.saveAs(path);
  return readFile(path, 'utf8');
}

test('the receipt of a file in parts has the digest that browser and worker made; anybody can check both', async ({
  as,
  browser,
}, testInfo) => {
  const path = testInfo.outputPath(`${Date.now()}-receipted.csv`);
  const receiptPath = `${path}.receipt.json`;
  test.setTimeout(120_000);
  const page = await (await as(personWith('uploader'))).newPage();
  await page.goto('/');
  await writePaddedCities(path, 36 * 1024 ** 2);
  const row = await sendFromDisk(page, path);
  await expect(row).toContainText('Taken in', { timeout: 90_000 });
  await row.getByRole('link').click();
  const text = await downloadReceipt(page, receiptPath);
  const sha256 = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  expect(receiptFile.parse(JSON.parse(text)).receipt).toMatchObject({
    comparison: 'same',
    outcome: 'taken_in',
    file: { sha256 },
    sender: { sha256 },
  });

  const outside = await browser.newContext({ locale: 'en' });
  const visitor = await outside.newPage();
  const sent: string[] = [];
  visitor.on('request', (request) => {
    if (request.method() !== 'GET' || request.postData()) sent.push(`${request.method()} ${request.url()}`);
  });
  await visitor.goto('/verify');
  await visitor.getByLabel('Choose receipt').setInputFiles(receiptPath);
  await expect(visitor.getByRole('heading', { name: 'Genuine', exact: true })).toBeVisible();
  await expect(visitor.getByText(sha256, { exact: true })).toBeVisible();
  await visitor.getByLabel('Choose file').setInputFiles(path);
  await expect(visitor.getByRole('heading', { name: 'The file is the same, too' })).toBeVisible({ timeout: 30_000 });

  await writeFile(path, 'another');
  await visitor.getByLabel('Choose file').setInputFiles(path);
  await expect(visitor.getByRole('heading', { name: 'The file is another' })).toBeVisible();

  // As Windows PowerShell saves what a command prints.
  await writeFile(receiptPath, `\uFEFF${text}`, 'utf16le');
  await visitor.getByLabel('Choose receipt').setInputFiles(receiptPath);
  await expect(visitor.getByRole('heading', { name: 'Genuine', exact: true })).toBeVisible();

  await writeFile(receiptPath, text.replace('"taken_in"', '"refused"'));
  await visitor.getByLabel('Choose receipt').setInputFiles(receiptPath);
  await expect(visitor.getByRole('heading', { name: 'Changed after it was issued' })).toBeVisible();
  await expect(visitor.getByText('What the receipt says')).toHaveCount(0);

  await visitor.getByText('Paste what is in the receipt').click();
  await visitor.getByRole('textbox', { name: 'What is in the receipt' }).fill(text.slice(0, 400));
  await expect(visitor.getByRole('heading', { name: 'Not readable as a receipt' })).toBeVisible();
  await visitor.getByRole('textbox', { name: 'What is in the receipt' }).fill(text);
  await expect(visitor.getByRole('heading', { name: 'Genuine', exact: true })).toBeVisible();
  expect(sent).toEqual([]);
  await outside.close();
  await rm(path, { force: true });
});

test('a receipt is shown on a sheet that prints without what stands around it', async ({ as }, testInfo) => {
  const page = await (await as(personWith('uploader'))).newPage();
  await page.goto('/');
  const path = testInfo.outputPath(`${Date.now()}-printed.csv`);
  await writeFile(path, citiesCsv(20));
  const row = await sendFromDisk(page, path);
  await expect(row).toContainText('Taken in', { timeout: 45_000 });
  await row.getByRole('link').click();
  await page.getByRole('link', { name: 'Show and print' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Receipt' })).toBeVisible();
  await expect(page.getByText('The file below was received and taken into the database.')).toBeVisible();
  await expect(page.getByText('The SHA-256 made before sending is the one of what arrived.')).toBeVisible();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Receipt' })).toBeVisible();
});
