import { citiesCsv, faultyCitiesCsv } from './cities-csv.ts';
import { personWith } from './people.ts';
import { sendAsItIs } from './send-as-it-is.ts';
import { expect, type Page, test } from './test.ts';

interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

function csv(name: string, buffer: Buffer): Chosen {
  return { name: `${Date.now()}-${name}`, mimeType: 'text/csv', buffer };
}

async function send(page: Page, file: Chosen) {
  await page.locator('input[type=file][multiple]').setInputFiles(file);
  return page
    .getByRole('region', { name: 'Files being sent' })
    .getByRole('listitem')
    .filter({ hasText: file.name })
    .first();
}

test('the page for it brings no more than 250 KB of code', async ({ as }) => {
  const page = await (await as(personWith('uploader'), { locale: 'ja' })).newPage();
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  await page.goto('/', { waitUntil: 'load' });
  const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(100_000);
  expect(bytes).toBeLessThanOrEqual(250_000);
});

test.describe('sending files', () => {
  let page: Page;

  test.beforeEach(async ({ as }) => {
    page = await (await as(personWith('uploader'))).newPage();
    await page.goto('/');
  });

  test('150,000 lines are taken in, and the page tells so without being loaded again', async () => {
    test.setTimeout(180_000);
    const file = csv('cities.csv', citiesCsv(150_000));
    let loads = 0;
    page.on('load', () => (loads += 1));
    const row = await send(page, file);
    await expect(row).toContainText('Taken in', { timeout: 150_000 });
    await expect(row).toContainText('Read 150,000', { timeout: 120_000 });
    await row.getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(file.name);
    await expect(page.getByText('All 150,000 lines were taken in.')).toBeVisible();
    await expect(page.locator('dt', { hasText: /^Refused$/ }).locator('..')).toContainText('0');
    expect(loads).toBe(0);
  });

  test('a file chosen while the page is still waiting for its scripts is sent once they are there', async ({ as }) => {
    const slow = await (await as(personWith('uploader'))).newPage();
    const scripts = Promise.withResolvers<void>();
    await slow.route('**/_next/static/**/*.js', async (route) => {
      await scripts.promise;
      await route.continue();
    });
    await slow.goto('/', { waitUntil: 'commit' });
    const file = csv('early.csv', citiesCsv(3));
    await slow.locator('input[type=file][multiple]').setInputFiles(file);
    await expect(slow.getByText(file.name)).toHaveCount(0);
    scripts.resolve();
    const row = slow.getByRole('region', { name: 'Files being sent' }).getByRole('listitem');
    await expect(row.filter({ hasText: file.name })).toContainText('Taken in', { timeout: 45_000 });
  });

  test('a file page follows the file as it is taken in', async () => {
    const row = await send(page, csv('followed.csv', citiesCsv(2_000)));
    await row.getByRole('link').click();
    await expect(page.getByText('All 2,000 lines were taken in.')).toBeVisible({ timeout: 45_000 });
    await expect(page.getByRole('list', { name: 'What happened to this file' })).toContainText('Wrote to the database');
  });

  test('of ten lines with three faults, exactly these three are shown', async () => {
    const file = csv('faulty.csv', faultyCitiesCsv());
    const row = await send(page, file);
    await sendAsItIs(page, file.name);
    await expect(row).toContainText('Taken in, 3 lines refused', { timeout: 45_000 });
    await row.getByRole('link').click();
    const rejects = page.getByRole('table', { name: 'Refused lines' }).locator('tbody tr');
    await expect(rejects).toHaveCount(3);
    await expect(rejects.nth(0)).toContainText(/4\s*latitude\s*north/);
    await expect(rejects.nth(1)).toContainText(/7\s*city_id\s*six/);
    await expect(rejects.nth(2)).toContainText(/10\s*name\s*\(empty\)/);
  });

  test('an empty file is told at once and leaves no upload behind', async () => {
    const row = await send(page, csv('empty.csv', Buffer.alloc(0)));
    await expect(row.getByRole('alert')).toContainText('empty-file');
    await expect(row.getByRole('button', { name: 'Send again' })).toHaveCount(0);
  });

  test('a picture named .csv is refused with what to do next', async () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(4_096, 7)]);
    const file = csv('picture.csv', png);
    const row = await send(page, file);
    await sendAsItIs(page, file.name);
    await expect(row).toContainText('Refused', { timeout: 45_000 });
    await expect(row).toContainText(/an image \(PNG\).*other-format/);
  });

  test('a file that is no CSV by name is refused before a byte is sent', async () => {
    const row = await send(page, {
      name: `${Date.now()}.pdf`,
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF'),
    });
    await expect(row.getByRole('alert')).toContainText('unsupported-file-type');
  });

  test('sending can be cancelled', async () => {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 20,
      downloadThroughput: 1_000_000,
      uploadThroughput: 300_000,
    });
    const file = csv('cancelled.csv', citiesCsv(150_000));
    const row = await send(page, file);
    await expect(row.getByRole('progressbar')).toBeVisible();
    // Announced, so that the list has it.
    await expect(row).toContainText(/bytes of|B of/);
    await row.getByRole('button', { name: `Cancel sending ${file.name}` }).click();
    await expect(row).toContainText('Sending was cancelled.');
    await page.goto('/files');
    await expect(page.getByRole('row', { name: file.name })).toContainText('Cancelled');
  });

  test('files dropped anywhere on the page are sent, and dragging fills it', async () => {
    const name = `${Date.now()}-dropped.csv`;
    const transfer = await page.evaluateHandle(
      ([fileName, text]) => {
        const dropped = new DataTransfer();
        dropped.items.add(new File([text], fileName, { type: 'text/csv' }));
        return dropped;
      },
      [name, citiesCsv(50).toString()] as const,
    );
    // Over the page before its script was there: nobody saw it come in. What is held over it says so again and again.
    await expect(async () => {
      await page.dispatchEvent('h1', 'dragover', { dataTransfer: transfer });
      await expect(page.getByText(/^Release to send to/)).toBeVisible({ timeout: 200 });
    }).toPass({ timeout: 10_000 });
    await page.dispatchEvent('h1', 'dragleave', { dataTransfer: transfer });
    await expect(page.getByText(/^Release to send to/)).toBeHidden();
    await page.dispatchEvent('h1', 'dragenter', { dataTransfer: transfer });
    await expect(page.getByText(/^Release to send to/)).toBeVisible();
    await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
    await expect(page.getByText(/^Release to send to/)).toBeHidden();
    const row = page.getByRole('listitem').filter({ hasText: name }).first();
    await expect(row).toContainText('Read 50', { timeout: 45_000 });
  });

  test('no presigned URL stands in the page', async () => {
    const row = await send(page, csv('quiet.csv', citiesCsv(100)));
    await expect(row).toContainText('Read 100', { timeout: 45_000 });
    expect(await page.content()).not.toMatch(/X-Amz-|Signature=/);
  });
});
