import { citiesCsv } from './cities-csv.ts';
import { e2eEnv } from './env.ts';
import { personWith } from './people.ts';
import { openStore } from './store.ts';
import { expect, type Page, test } from './test.ts';

const portalOrigin = new URL(e2eEnv().stack.portalUrl).origin;
const ofStorage = (url: URL) => url.origin !== portalOrigin;
const html = { contentType: 'text/html', body: '<html>Not today</html>' };
// Playwright lets pages read what it answers, unless the answer says otherwise.
const unreadable = { 'access-control-allow-origin': 'https://elsewhere.example' };

function checks(page: Page) {
  return page.getByRole('list', { name: 'What is looked at' }).getByRole('listitem');
}

async function lookAtConnection(page: Page) {
  await page.goto('/doctor');
  await page.getByRole('button', { name: 'Begin' }).click();
  await expect(page.getByRole('button', { name: 'Look again' })).toBeVisible({ timeout: 60_000 });
}

test.describe('the connection', () => {
  let page: Page;

  test.beforeEach(async ({ as }) => {
    page = await (await as(personWith('uploader'))).newPage();
  });

  test('is looked at without a failed upload, and nothing of it stays in storage', async () => {
    await page.goto('/');
    await page.getByRole('button', { name: /^Menu of/ }).click();
    await page.getByRole('link', { name: 'Connection check' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('See whether files can be sent from this device');
    await page.getByRole('button', { name: 'Begin' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Files can be sent from this device', {
      timeout: 60_000,
    });
    await expect(checks(page)).toHaveCount(6);
    for (const check of await checks(page).all()) await expect(check).toHaveAttribute('data-state', 'ok');
    const store = openStore();
    const { objects, multipartUploads } = await store.contents('incoming/');
    store.close();
    expect([...objects, ...multipartUploads].filter((key) => key?.includes('/doctor/'))).toEqual([]);
  });

  test('of a file that could not be sent is told, with a report to pass on, and the file can be sent again', async () => {
    test.setTimeout(120_000);
    await page.goto('/');
    // The file is too much for this proxy, a little is not, and what is as large as a part is again.
    let puts = 0;
    await page.route(ofStorage, (route) => {
      if (route.request().method() === 'PUT') puts += 1;
      return puts === 2 ? route.continue() : route.fulfill({ status: 413, ...html });
    });
    const name = `${Date.now()}-salaries-of-taro.csv`;
    await page
      .locator('input[type=file][multiple]')
      .setInputFiles({ name, mimeType: 'text/csv', buffer: citiesCsv(20) });
    const row = page.getByRole('region', { name: 'Files being sent' }).getByRole('listitem').filter({ hasText: name });
    await expect(row.getByRole('alert')).toContainText('body-limit');
    await row.getByRole('button', { name: 'Find out why' }).click();
    await expect(row).toContainText('1 possible cause was found', { timeout: 60_000 });
    await expect(row.getByRole('listitem').first()).toContainText('Ask your IT department to lift its limit');

    await row.getByText('Report for your administrator').click();
    const report = await row.locator('pre').innerText();
    expect(report).toMatch(/✗ Sending a lot \[body-limit, certain, \d+ ms, host=/);
    expect(report).toContain('File: .csv');
    expect(report).not.toMatch(/salaries|X-Amz|Signature|incoming|@/i);

    await page.unrouteAll();
    await row.getByRole('button', { name: 'Send the file again' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toContainText('Taken in', {
      timeout: 45_000,
    });
  });

  test('to storage that only this browser does not reach is told, with whom to ask for what', async () => {
    await page.route(ofStorage, (route) => route.abort('connectionrefused'));
    await lookAtConnection(page);
    await expect(page.getByRole('main')).toContainText('storage-blocked');
    await expect(page.getByRole('main')).toContainText(
      /Ask your IT department to allow connections to storage \(.+:\d+\)/,
    );
  });

  test('to storage without CORS is told from storage that is away', async () => {
    await page.route(ofStorage, (route) => route.fulfill({ status: 403, headers: unreadable, ...html }));
    await lookAtConnection(page);
    await expect(page.getByRole('main')).toContainText('cors-missing');
    await expect(checks(page).nth(3)).toHaveAttribute('data-state', 'ok');
  });

  test('through a proxy that limits bodies is told, though the page may not read its refusal', async () => {
    let puts = 0;
    await page.route(ofStorage, (route) => {
      if (route.request().method() === 'PUT') puts += 1;
      return puts < 2 ? route.continue() : route.fulfill({ status: 413, headers: unreadable, ...html });
    });
    await lookAtConnection(page);
    await expect(page.getByRole('main')).toContainText('large-body-cut');
    await expect(checks(page).nth(4)).toHaveAttribute('data-state', 'ok');
  });

  test("is told to be stopped by the portal's own security policy", async () => {
    await page.route('**/doctor', async (route) => {
      const response = await route.fetch();
      const policy = response.headers()['content-security-policy']?.replace(/connect-src [^;]+/, "connect-src 'self'");
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy ?? '' } });
    });
    await lookAtConnection(page);
    await expect(page.getByRole('main')).toContainText('policy-blocked');
  });

  test('is told to be missing where the device is offline', async () => {
    await page.goto('/doctor');
    await expect(page.getByRole('button', { name: 'Begin' })).toBeVisible();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Begin' }).click();
    await expect(page.getByRole('main')).toContainText('This device is not connected to a network.');
    await expect(page.getByRole('main')).toContainText('Something keeps files from being sent from this device');
  });
});
