import { gzipSync } from 'node:zlib';
import { encryptAge, generateIdentity, recipientOf } from '@hikyaku/encryption';
import { citiesCsv, faultyCitiesCsv } from './cities-csv.ts';
import { personWith } from './people.ts';
import { sendAsItIs } from './send-as-it-is.ts';
import { expect, type Page, test } from './test.ts';

let page: Page;

test.beforeEach(async ({ as }) => {
  page = await (await as(personWith('uploader'))).newPage();
});

async function encrypted(plain: Uint8Array, publicKey: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  async function* source() {
    yield plain;
  }
  for await (const chunk of encryptAge(source(), [publicKey])) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** As a person does it: from the page of keys. */
async function publicKeyOfOrganization(): Promise<string> {
  await page.goto('/keys');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('can be encrypted with this public key');
  return page.locator('dd code').first().innerText();
}

/** Sends one file and opens its page once it is settled. */
async function sendAndOpen(name: string, buffer: Buffer, state: string, isHeld = false) {
  await page.goto('/');
  const fileName = `${Date.now()}-${name}`;
  await page.locator('input[type=file][multiple]').setInputFiles({ name: fileName, mimeType: '', buffer });
  const row = page
    .getByRole('region', { name: 'Files being sent' })
    .getByRole('listitem')
    .filter({ hasText: fileName })
    .first();
  if (isHeld) await sendAsItIs(page, fileName);
  await expect(row).toContainText(state, { timeout: 45_000 });
  await row.getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(fileName);
}

const count = (label: string) => page.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('..');

test('the same cities plain, compressed, and compressed and encrypted are the same rows', async () => {
  const publicKey = await publicKeyOfOrganization();
  const cities = citiesCsv(3_000);
  await sendAndOpen('cities.csv', cities, 'Taken in');
  await expect(count('Read')).toContainText('3,000');
  for (const [name, file, layers] of [
    ['cities.csv.gz', gzipSync(cities), 'compressed with gzip'],
    ['cities.csv.gz.age', await encrypted(gzipSync(cities), publicKey), 'encrypted with age · compressed with gzip'],
  ] as const) {
    await sendAndOpen(name, file, 'Taken in');
    await expect(page.getByText('All 3,000 lines were taken in.')).toBeVisible();
    await expect(count('Read')).toContainText('3,000');
    // Nothing new and nothing changed: every row was the same.
    await expect(count('New')).toContainText(/\D0$/);
    await expect(count('Changed')).toContainText(/\D0/);
    await page.getByText('Technical details').click();
    await expect(count('Packing and encoding')).toContainText(layers);
  }
});

test('a file for another key is refused, with our key named', async () => {
  const publicKey = await publicKeyOfOrganization();
  const file = await encrypted(gzipSync(citiesCsv(10)), recipientOf(generateIdentity()));
  await sendAndOpen('foreign.csv.gz.age', file, 'Refused');
  await expect(page.getByText('This file was encrypted for another key.').first()).toBeVisible();
  await expect(page.getByText(`(age1…${publicKey.slice(-6)})`).first()).toBeVisible();
});

test('a damaged file is refused, and none of it is taken in', async () => {
  const file = await encrypted(citiesCsv(3_000), await publicKeyOfOrganization());
  await sendAndOpen('cut.csv.age', file.subarray(0, -100), 'Refused');
  await expect(page.getByText('The encrypted file is damaged or was changed.').first()).toBeVisible();
  await expect(page.getByText('The file is kept, and none of its lines was taken in.').first()).toBeVisible();
});

test('refused lines are downloaded, corrected and sent again as they are: only they are added', async () => {
  await sendAndOpen('faulty.csv', faultyCitiesCsv(), 'Taken in, 3 lines refused', true);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download refused lines' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/-faulty refused lines\.csv$/);
  const stream = await download.createReadStream();
  const text = Buffer.concat(await stream.toArray()).toString();
  const [header, ...lines] = text.trimEnd().split('\n');
  expect(header).toBe('city_id,name,country,admin1,admin2,latitude,longitude,Hikyaku line,Hikyaku reason');
  expect(lines).toEqual([
    "3,Nowhere,XX,00,,north,12.5,4,'latitude' is not a number.",
    "six,Somewhere,JP,13,,35.6,139.7,7,'city_id' is not a whole number.",
    "9,,JP,13,,35.6,139.7,10,'name' is empty.",
  ]);
  const unique = 1_000_000 + (Date.now() % 1_000_000_000);
  const corrected = text
    .replace(/^3,(.*)north/m, `${unique},$141.5`)
    .replace(/^six/m, `${unique + 1}`)
    .replace(/^9,,/m, `${unique + 2},Somewhere,`);
  await sendAndOpen('corrected.csv', Buffer.from(corrected), 'Taken in');
  await expect(page.getByText('All 3 lines were taken in.')).toBeVisible();
  await expect(count('New')).toContainText(/\D3$/);
});
