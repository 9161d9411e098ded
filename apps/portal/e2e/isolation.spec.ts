import { citiesCsv } from './cities-csv.ts';
import { personWith, strangerTo } from './people.ts';
import { expect, test } from './test.ts';

test("another organization's file looks like one that does not exist", async ({ as }) => {
  const person = personWith('uploader');
  const page = await (await as(person)).newPage();
  await page.goto('/');
  const name = `${Date.now()}-ours.csv`;
  await page.locator('input[type=file][multiple]').setInputFiles({ name, mimeType: 'text/csv', buffer: citiesCsv(20) });
  const row = page.getByRole('listitem').filter({ hasText: name }).first();
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
  const path = new URL(page.url()).pathname;

  const stranger = await (await as(strangerTo(person))).newPage();
  const theirs = await stranger.goto(path);
  expect(theirs?.status()).toBe(404);
  const told = await stranger.getByRole('main').innerText();
  expect(told).not.toContain(name);
  const nowhere = await stranger.goto('/files/0196f000-0000-7000-8000-000000000000');
  expect(nowhere?.status()).toBe(404);
  expect(await stranger.getByRole('main').innerText()).toBe(told);
});

test('an uploader finds no door to what only administrators may do', async ({ as }) => {
  const page = await (await as(personWith('uploader'))).newPage();
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Files', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Members' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Unrouted' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'API tokens' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Policies' })).toHaveCount(0);
  expect((await page.goto('/members'))?.status()).toBe(404);
  expect((await page.goto('/tokens'))?.status()).toBe(404);
  expect((await page.goto('/policies'))?.status()).toBe(404);
  expect((await page.goto('/platform/unrouted'))?.status()).toBe(404);
});

test('every page carries the security headers', async ({ request }) => {
  for (const path of ['/sign-in', '/nowhere']) {
    const headers = (await request.get(path)).headers();
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});
