import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { BrowserContext, Locator } from '@playwright/test';
import { writePaddedCities } from './padded-cities-csv.ts';
import { personWith } from './people.ts';
import { sendFromDisk } from './send-from-disk.ts';
import { sentShare } from './sent-share.ts';
import { keyOfUrl, openStore } from './store.ts';
import { expect, type Page, test } from './test.ts';
import { throttleUpload } from './throttle-upload.ts';
import { type WatchedPut, watchPuts } from './watch-puts.ts';

const MiB = 1024 ** 2;
const partBytes = 16 * MiB;
const bytesPerSecond = 32 * MiB;
/** Of one file at the same time. */
const partsInFlight = 4;

interface Sending {
  context: BrowserContext;
  page: Page;
  path: string;
  row: Locator;
}

/** What goes wrong while a file is sent, and what a person does then. Returns the page that goes on. */
type Interruption = (sending: Sending) => Promise<Page>;

const kinds = {
  'the page is loaded again': async ({ page, path, row }) => {
    await page.reload();
    await expect(row).toContainText('Sending stopped on the way');
    await row.locator('input[type=file]').setInputFiles(path);
    return page;
  },
  'the tab is killed': async ({ context, page, path }) => {
    await page.goto('chrome://crash').catch(() => {});
    const next = await context.newPage();
    await next.goto('/');
    await expect(rowIn(next)).toContainText('Sending stopped on the way');
    // Dropped like a new one: it is known again.
    return (await sendFromDisk(next, path)).page();
  },
  'there is no network for a while': async ({ context, page }) => {
    await context.setOffline(true);
    await expect(page.getByText('There is no network.')).toBeVisible();
    await page.waitForTimeout(offlineMilliseconds);
    await context.setOffline(false);
    return page;
  },
  'a URL has died': async ({ page }) => {
    await page.route(
      isPut,
      (route) =>
        route.continue({
          url: route
            .request()
            .url()
            .replace(/X-Amz-Date=\d{8}/, 'X-Amz-Date=20200101'),
        }),
      { times: 1 },
    );
    return page;
  },
  'a part fails three times': async ({ page }) => {
    await page.route(isPut, (route) => route.abort('connectionreset'), { times: 3 });
    return page;
  },
  'the laptop sleeps for ten hours': async ({ page }) => {
    await page.clock.fastForward('10:00:00');
    return page;
  },
} satisfies Record<string, Interruption>;
type Kind = keyof typeof kinds;
const kindNames = Object.keys(kinds).filter((name): name is Kind => name in kinds);
const offlineMilliseconds = 3_000;

/** Each kind in turn, at another moment of a file of another length, until there are so many. */
export function describeInterruptions(count: number): void {
  test.describe('a file on its way', () => {
    const store = openStore();
    test.afterAll(() => store.close());

    for (let index = 0; index < count; index += 1) {
      const kind = kindNames[index % kindNames.length] ?? 'a URL has died';
      // Some parts are there when it happens, some fly, and some have not begun.
      const sizeMiB = 114 + ((index * 13) % 40);
      const share = 0.6 + ((index * 0.37) % 0.25);
      test(`${index + 1}: ${kind} at ${Math.round(share * 100)} % of ${sizeMiB} MiB`, async ({ as }, testInfo) => {
        test.setTimeout(120_000);
        const path = testInfo.outputPath(`${Date.now()}-interrupted.csv`);
        const rows = await writePaddedCities(path, sizeMiB * MiB);
        const context = await as(personWith('uploader'));
        const page = await context.newPage();
        page.on('dialog', (dialog) => void dialog.accept());
        if (kind === 'the laptop sleeps for ten hours') await page.clock.install();
        await page.goto('/');
        const puts = [watchPuts(page)];
        context.on('page', (other) => puts.push(watchPuts(other)));
        await throttleUpload(page, bytesPerSecond);
        const row = await sendFromDisk(page, path);
        await expect.poll(() => sentShare(row), { intervals: [20], timeout: 30_000 }).toBeGreaterThan(share);

        const arrived = new Set(puts.flat().flatMap((put) => (isStored(put) ? [put.partNumber] : [])));
        const begun = puts.flat().length;
        const next = await kinds[kind]({ context, page, path, row });
        await expect(rowIn(next)).toContainText(`Read ${rows.toLocaleString('en')}`, { timeout: 90_000 });

        const all = puts.flat();
        expect(arrived.size, 'arrived before').toBeGreaterThan(0);
        const again = all.slice(begun).filter(({ partNumber }) => arrived.has(partNumber));
        expect(again, 'sent though it was there').toEqual([]);
        const key = keyOfUrl(all[0]?.url ?? '');
        expect(new Set(all.map(({ url }) => keyOfUrl(url))).size, 'one upload').toBe(1);
        const parts = Math.ceil((await store.head(key)).sizeBytes / partBytes);
        expect(all.length - parts, 'sent again').toBeLessThanOrEqual(partsInFlight);
        expect(await store.sha256(key)).toBe(await sha256(path));
        expect(await store.contents(key)).toEqual({ objects: [key], multipartUploads: [] });
        await rm(path, { force: true });
      });
    }
  });
}

function isPut(url: URL): boolean {
  return url.searchParams.has('partNumber');
}

function isStored({ endedAt, failed }: WatchedPut): boolean {
  return endedAt !== undefined && failed === false;
}

function rowIn(page: Page): Locator {
  return page
    .getByRole('region', { name: 'Files being sent' })
    .getByRole('listitem')
    .filter({ hasText: 'interrupted.csv' })
    .first();
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
