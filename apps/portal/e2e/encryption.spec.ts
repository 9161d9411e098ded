import { rm } from 'node:fs/promises';
import { citiesCsv } from './cities-csv.ts';
import { writePaddedCities } from './padded-cities-csv.ts';
import { personWith } from './people.ts';
import { sendAsItIs } from './send-as-it-is.ts';
import { sendFromDisk } from './send-from-disk.ts';
import { sentShare } from './sent-share.ts';
import { keyOfUrl, openStore } from './store.ts';
import { expect, type Page, test } from './test.ts';
import { throttleUpload } from './throttle-upload.ts';
import { watchPuts } from './watch-puts.ts';

const MiB = 1024 ** 2;
const ageBeginning = 'age-encryption.org/v1\n-> X25519 ';

test.describe('encryption in the browser', () => {
  const store = openStore();
  let page: Page;
  let path: string;

  test.beforeEach(async ({ as }, testInfo) => {
    path = testInfo.outputPath(`${Date.now()}-sealed.csv`);
    page = await (await as(personWith('uploader'))).newPage();
    await page.goto('/');
    const choice = page.getByLabel('Encrypt on my device before sending');
    await choice.check();
    // It is remembered.
    await page.reload();
    await expect(choice).toBeChecked();
  });
  test.afterEach(() => rm(path, { force: true }));
  test.afterAll(() => store.close());

  test('a large file leaves as an age file, goes on under its key after a reload, and is taken in whole', async () => {
    test.setTimeout(150_000);
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    const rows = await writePaddedCities(path, 72 * MiB);
    const puts = watchPuts(page);
    await throttleUpload(page, 24 * MiB);
    const row = await sendFromDisk(page, path);
    await expect.poll(() => sentShare(row), { intervals: [50], timeout: 60_000 }).toBeGreaterThan(0.4);
    await page.reload();
    await expect(row).toContainText('Sending stopped on the way');
    const arrived = puts.filter(({ failed }) => !failed).map(({ partNumber }) => partNumber);
    const begun = puts.length;
    await throttleUpload(page, 24 * MiB);
    await row.locator('input[type=file]').setInputFiles(path);
    await expect(row).toContainText(`Read ${rows}`, { timeout: 90_000 });
    await expect(row).toContainText('Taken in');
    const again = puts.slice(begun).map(({ partNumber }) => partNumber);
    expect(again.filter((partNumber) => arrived.includes(partNumber))).toEqual([]);

    const key = keyOfUrl(puts[0]?.url ?? '');
    expect(key).toMatch(/-sealed\.csv\.age$/);
    expect(await store.firstBytes(key, ageBeginning.length)).toBe(ageBeginning);
    expect((await store.contents(key)).multipartUploads).toEqual([]);
    await row.getByRole('link').click();
    await page.getByText('Technical details').click();
    await expect(page.getByText('encrypted with age')).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test('a small file goes by one PUT; one that is encrypted already goes as it is', async () => {
    const puts = watchPuts(page);
    const send = async (name: string, buffer: Buffer) => {
      await page.locator('input[type=file][multiple]').setInputFiles({ name, mimeType: '', buffer });
      return page
        .getByRole('region', { name: 'Files being sent' })
        .getByRole('listitem')
        .filter({ hasText: name })
        .first();
    };
    const name = `${Date.now()}-small.csv`;
    await expect(await send(name, citiesCsv(100))).toContainText('Taken in', { timeout: 45_000 });
    expect(await store.firstBytes(keyOfUrl(puts[0]?.url ?? ''), ageBeginning.length)).toBe(ageBeginning);
    const sealed = `${Date.now()}-already.csv.age`;
    const row = await send(sealed, Buffer.from('not encrypted at all'));
    // The look at it before it goes finds that out, too.
    await sendAsItIs(page, sealed);
    await expect(row).toContainText('not-encrypted', { timeout: 45_000 });
    expect(keyOfUrl(puts[1]?.url ?? '')).toMatch(/-already\.csv\.age$/);
  });
});
