import type { Route } from '@playwright/test';
import { citiesCsv } from './cities-csv.ts';
import { personWith } from './people.ts';
import { keyOfUrl, openStore } from './store.ts';
import { expect, type Page, test } from './test.ts';
import { watchPuts } from './watch-puts.ts';

type Change = NonNullable<Parameters<Route['continue']>[0]>;

const content = citiesCsv(20);

// What a program between browser and storage, or somebody with a URL in hand, might do to a PUT.
const tampered: Record<string, (put: { url: string; headers: Record<string, string> }) => Change> = {
  'a wrong Content-MD5': ({ headers }) => ({ headers: { ...headers, 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' } }),
  'a shortened body': () => ({ postData: content.subarray(0, -1) }),
  'a longer body': () => ({ postData: Buffer.concat([content, Buffer.from('x')]) }),
  'another body of the same length': () => ({ postData: Buffer.alloc(content.length, 'x') }),
  'another content type': ({ headers }) => ({ headers: { ...headers, 'content-type': 'text/html' } }),
  'another key': ({ url }) => ({ url: url.replace('/cities/', '/shops/') }),
};

test.describe('a PUT that is not what was signed', () => {
  const store = openStore();
  let page: Page;

  test.beforeEach(async ({ as }) => {
    page = await (await as(personWith('uploader'))).newPage();
    await page.clock.install();
    await page.goto('/');
  });
  test.afterAll(() => store.close());

  for (const [name, change] of Object.entries(tampered)) {
    test(`${name}: is refused by storage with a clear text, and nothing is stored`, async () => {
      const puts = watchPuts(page);
      const statuses = await watchPutStatuses(page);
      await page.route(isPut, async (route) => {
        const request = route.request();
        await route.continue(change({ url: request.url(), headers: await request.allHeaders() }));
      });
      const row = await send(page, nameOfNow());
      // Where a refusal comes without CORS headers the page sees a broken line, and is patient with it.
      await expect(async () => {
        await page.clock.fastForward('01:00');
        await expect(row.getByRole('alert')).toContainText(/storage-refused|checksum-mismatch|network/, {
          timeout: 500,
        });
      }).toPass({ timeout: 45_000 });
      expect(statuses.length).toBeGreaterThan(0);
      expect(statuses.filter((status) => ![400, 403].includes(status))).toEqual([]);
      const key = keyOfUrl(puts[0]?.url ?? '');
      expect(await store.contents(key)).toEqual({ objects: [], multipartUploads: [] });
    });
  }

  test('a replay after all was said changes nothing', async () => {
    const puts = watchPuts(page);
    const name = nameOfNow();
    const row = await send(page, name);
    await expect(row).toContainText('Read 20', { timeout: 45_000 });
    const [put] = puts;
    if (!put) throw new Error('nothing was sent');
    const status = await page.evaluate(
      async ([url, headers, body]) => (await fetch(url, { method: 'PUT', headers, body })).status,
      [put.url, headersOf(put.headers), content.toString()] as const,
    );
    // Where a store has versions and overlooks If-None-Match, what comes second is a version that nobody takes in.
    expect([200, 412]).toContain(status);
    await page.waitForTimeout(2_000);
    await page.goto('/files');
    await expect(page.getByRole('row').filter({ hasText: name }).filter({ hasText: 'Taken in' })).toHaveCount(1);
  });
});

/** Also of answers that the page may not read: those without CORS headers. */
async function watchPutStatuses(page: Page): Promise<number[]> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const puts = new Set<string>();
  const statuses: number[] = [];
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (request.method === 'PUT') puts.add(requestId);
  });
  devtools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => {
    if (puts.has(requestId)) statuses.push(statusCode);
  });
  return statuses;
}

function isPut(url: URL): boolean {
  return url.searchParams.has('X-Amz-Signature');
}

function headersOf(headers: Record<string, string>): Record<string, string> {
  const signed = ['content-md5', 'content-type', 'if-none-match', 'x-amz-checksum-sha256'];
  return Object.fromEntries(signed.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
}

function nameOfNow(): string {
  return `${Date.now()}-tampered.csv`;
}

async function send(page: Page, name: string) {
  await page.locator('input[type=file][multiple]').setInputFiles({ name, mimeType: 'text/csv', buffer: content });
  return page.getByRole('region', { name: 'Files being sent' }).getByRole('listitem').filter({ hasText: name }).first();
}
