import { rm } from 'node:fs/promises';
import { writePaddedCities } from './padded-cities-csv.ts';
import { personWith } from './people.ts';
import { sendFromDisk } from './send-from-disk.ts';
import { sentShare } from './sent-share.ts';
import { keyOfUrl, openStore } from './store.ts';
import { expect, type Page, test, type Worker } from './test.ts';
import { throttleUpload } from './throttle-upload.ts';
import { mostAtOnce, watchPuts } from './watch-puts.ts';

const MiB = 1024 ** 2;
const partBytes = 16 * MiB;

test.describe('a file larger than one part', () => {
  const store = openStore();
  let page: Page;
  let path: string;

  test.beforeEach(async ({ as }, testInfo) => {
    page = await (await as(personWith('uploader'))).newPage();
    await page.goto('/');
    path = testInfo.outputPath(`${Date.now()}-large.csv`);
  });
  test.afterEach(() => rm(path, { force: true }));
  test.afterAll(() => store.close());

  test('goes in parts, several at a time, each with its checksums, and is taken in whole', async () => {
    test.setTimeout(120_000);
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    const rows = await writePaddedCities(path, 56 * MiB);
    const puts = watchPuts(page);
    page.on('worker', (worker) => void collectGarbage(worker));
    await throttleUpload(page, 40 * MiB);

    const row = await sendFromDisk(page, path);
    await expect(row).toContainText(`Read ${rows}`, { timeout: 90_000 });
    await expect(row).toContainText('Taken in');

    expect(puts.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3, 4]);
    expect(mostAtOnce(puts)).toBeGreaterThan(1);
    for (const { headers } of puts) {
      expect(headers['content-md5']).toMatch(/^[A-Za-z0-9+/]{22}==$/);
      expect(headers['x-amz-checksum-sha256']).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    }
    const key = keyOfUrl(puts[0]?.url ?? '');
    const { sizeBytes, etag } = await store.head(key);
    expect(etag).toMatch(/^[0-9a-f]{32}-4$/);
    expect(sizeBytes).toBeGreaterThan(3 * partBytes);
    expect((await store.contents(key)).multipartUploads).toEqual([]);

    await row.getByRole('link').click();
    await expect(page.getByText(`All ${rows} lines were taken in.`)).toBeVisible();
    await page.getByText('Technical details').click();
    await expect(page.getByText(/^Confirmed: the file has the checksums/)).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test('cancelled at half, leaves nothing in storage', async () => {
    await writePaddedCities(path, 56 * MiB);
    const puts = watchPuts(page);
    await throttleUpload(page, 12 * MiB);
    const row = await sendFromDisk(page, path);
    await expect.poll(() => sentShare(row), { intervals: [50], timeout: 30_000 }).toBeGreaterThan(0.5);
    const key = keyOfUrl(puts[0]?.url ?? '');
    expect((await store.contents(key)).multipartUploads).toEqual([key]);
    const begun = puts.length;

    await row.getByRole('button', { name: /^Cancel sending/ }).click();
    await expect(row).toContainText('Sending was cancelled.');
    await expect.poll(() => store.contents(key)).toEqual({ objects: [], multipartUploads: [] });
    expect(puts.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
    expect(puts.some(({ failed }) => failed)).toBe(true);
    // Nothing comes after it.
    await page.waitForTimeout(1_000);
    expect(puts).toHaveLength(begun);
    expect(await store.contents(key)).toEqual({ objects: [], multipartUploads: [] });
    await page.goto('/files');
    await expect(page.getByRole('row', { name: /large\.csv/ }).first()).toContainText('Cancelled');
  });

  test('paused at half and gone on with, sends no part twice that has arrived', async () => {
    test.setTimeout(120_000);
    const rows = await writePaddedCities(path, 72 * MiB);
    const puts = watchPuts(page);
    await throttleUpload(page, 24 * MiB);
    const row = await sendFromDisk(page, path);
    await expect.poll(() => sentShare(row), { intervals: [50], timeout: 30_000 }).toBeGreaterThan(0.4);
    await row.getByRole('button', { name: /^Pause sending/ }).click();
    await expect(row).toContainText('Paused. It can go on at any time.');
    await expect(row.getByRole('button', { name: /^Go on sending/ })).toBeFocused();
    await expect.poll(() => puts.filter(({ endedAt }) => endedAt === undefined)).toEqual([]);
    const arrived = puts.filter(({ failed }) => !failed).map(({ partNumber }) => partNumber);
    const begun = puts.length;
    await page.waitForTimeout(1_000);
    expect(puts).toHaveLength(begun);
    const key = keyOfUrl(puts[0]?.url ?? '');
    expect(await store.contents(key)).toEqual({ objects: [], multipartUploads: [key] });

    await row.getByRole('button', { name: /^Go on sending/ }).click();
    await expect(row).toContainText(`Read ${rows}`, { timeout: 90_000 });
    const again = puts.slice(begun).map(({ partNumber }) => partNumber);
    expect(again.filter((partNumber) => arrived.includes(partNumber))).toEqual([]);
    // Of those that were under way storage may have had the last byte: what it has is not sent again.
    expect(again.length).toBeLessThan(5);
    expect(new Set(puts.map(({ partNumber }) => partNumber))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(new Set(puts.map(({ url }) => keyOfUrl(url))).size).toBe(1);
  });

  test('is refused by the worker where a part is not what its checksum says, though the store took it', async () => {
    await writePaddedCities(path, 20 * MiB);
    // A store that compares SHA-256 would refuse the part; this one looks at MD5 alone.
    await page.route('**/uploads.signParts*', (route) => {
      const body = route.request().postData() ?? '';
      return route.continue({ postData: body.replace(/("partNumber":2,.*?"sha256":")[^"]*/, `$1${'A'.repeat(43)}=`) });
    });
    const row = await sendFromDisk(page, path);
    await expect(row).toContainText('checksum-mismatch', { timeout: 45_000 });
    await expect(row).toContainText('What arrived is not what was sent (part 2).');
    await expect(row).toContainText('Nothing was taken in.');
  });

  test('says what it does before the first byte goes', async () => {
    await writePaddedCities(path, 20 * MiB);
    await throttleUpload(page, 5 * MiB);
    // The server takes its time to answer.
    await page.route('**/uploads.signParts*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      await route.continue();
    });
    const row = await sendFromDisk(page, path);
    await expect(row).toContainText('Getting ready');
    await expect(row).toContainText(/[1-9][\d.]* MB of 20 MB/);
    await row.getByRole('button', { name: /^Cancel sending/ }).click();
    await expect(row).toContainText('Sending was cancelled.');
  });
});

/** Again and again, as long as there is the worker: what it waits for must not be collected. */
async function collectGarbage(worker: Worker): Promise<void> {
  const closed = new AbortController();
  worker.on('close', () => closed.abort());
  while (!closed.signal.aborted) {
    await worker.evaluate(() => globalThis.gc?.()).catch(() => closed.abort());
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
