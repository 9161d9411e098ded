import { rm } from 'node:fs/promises';
import { generateIdentity, recipientOf } from '@hikyaku/encryption';
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

test('an administrator adds a key, retires it, and takes that back; a private key goes nowhere', async ({ as }) => {
  const page = await (await as(personWith('administrator'))).newPage();
  await page.goto('/keys');
  const identity = generateIdentity();
  const publicKey = recipientOf(identity);
  const label = `Head office ${Date.now()}`;
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.postData() ?? ''));
  const field = page.getByRole('textbox', { name: 'Public key' });
  await page.getByRole('textbox', { name: 'Name' }).fill(label);
  await field.fill(identity);
  await expect(page.getByText('What you pasted was a private key.')).toBeVisible();
  await expect(field).toHaveValue('');
  await field.fill(publicKey);
  await page.getByRole('button', { name: 'Add the key' }).click();
  const inUse = page.getByRole('region', { name: 'Keys in use' }).getByRole('listitem').filter({ hasText: label });
  await expect(inUse).toContainText('Held by your organization');
  await expect(page.getByText(`-r ${publicKey}`).first()).toBeVisible();
  expect(sent.join('\n')).not.toContain(identity);

  const retire = page.getByRole('button', { name: `Retire the key ${label}` });
  await retire.click();
  await page.getByRole('button', { name: 'Keep it in use' }).click();
  await expect(inUse).toBeVisible();
  await retire.click();
  await page.getByRole('button', { name: 'Retire now' }).click();
  const retired = page.getByRole('region', { name: 'Retired keys' }).getByRole('listitem').filter({ hasText: label });
  await expect(retired).toBeVisible();
  await expect(inUse).toHaveCount(0);
  await retired.getByRole('button', { name: `Put the key ${label} back in use` }).click();
  await expect(inUse).toBeVisible();
  // The other tests encrypt for the key of the worker.
  await retire.click();
  await page.getByRole('button', { name: 'Retire now' }).click();
  await expect(inUse).toHaveCount(0);
});

test('who is no administrator sees keys and changes none', async ({ as }) => {
  const page = await (await as(personWith('operator'))).newPage();
  await page.goto('/keys');
  await expect(page.getByRole('region', { name: 'Keys in use' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Retire|^Add the key|^Put/ })).toHaveCount(0);
});
