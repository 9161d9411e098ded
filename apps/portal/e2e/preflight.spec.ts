import { AxeBuilder } from '@axe-core/playwright';
import { citiesCsv } from './cities-csv.ts';
import { personWith } from './people.ts';
import { heldFile } from './send-as-it-is.ts';
import { expect, type Page, test } from './test.ts';

/** In CP932: what Excel in Japan saves. */
const inCp932: Record<string, string> = {
  東: '938c',
  京: '8b9e',
  大: '91e5',
  阪: '8de3',
  札: '8e44',
  幌: '9679',
  福: '959f',
  岡: '89aa',
  '３': '8252',
  '４': '8253',
  '．': '8144',
};

function cp932(text: string): Buffer {
  return Buffer.concat(
    Array.from(text, (character) =>
      Buffer.from(inCp932[character] ?? character, inCp932[character] ? 'hex' : 'latin1'),
    ),
  );
}

/** A header with another name for one column, and lines 3 and 5 that can't be taken in. */
function citiesFromExcel(): Buffer {
  const id = 2_000_000 + (Date.now() % 1_000_000_000);
  return cp932(
    [
      'city_id,name,country,admin1,admin_2,latitude,longitude',
      `${id},東京,JP,13,,35.6,139.7`,
      `${id + 1},大阪,JP,27,,３４．４,135.5`,
      `${id + 2},札幌,JP,01,,43.0,141.3`,
      `${id + 3},福岡,JP,40,,33.5,`,
      '',
    ].join('\r\n'),
  );
}

async function drop(page: Page, name: string, content: Buffer): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, base64]) => {
      const dropped = new DataTransfer();
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      dropped.items.add(new File([bytes], fileName, { type: 'text/csv' }));
      return dropped;
    },
    [name, content.toString('base64')] as const,
  );
  // Before its script has come the page takes nothing.
  await page.waitForFunction(
    (dataTransfer) => !document.dispatchEvent(new DragEvent('dragover', { cancelable: true, dataTransfer })),
    transfer,
  );
  await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
}

test('what is found before a file is sent is what the worker finds, line by line', async ({ as }) => {
  const page = await (await as(personWith('uploader'), { locale: 'ja' })).newPage();
  await page.goto('/');
  const name = `${Date.now()}-都市.csv`;
  await drop(page, name, citiesFromExcel());

  const panel = heldFile(page, name);
  await expect(panel.getByRole('list', { name: '見つかった点' })).toContainText(
    '全4行のうち2行に不備があり、その行は取り込まれません。',
  );
  await expect(panel).toContainText('列『admin_2』はこのデータセットにないため、読み飛ばされます。');
  const faults = panel.getByRole('table', { name: '不備のある行' }).locator('tbody tr');
  await expect(faults).toHaveCount(2);
  await expect(faults.nth(0)).toContainText(/3\s*latitude\s*３４．４.*半角で 34\.4 と書いてください。/);
  await expect(faults.nth(1)).toContainText(/5\s*longitude\s*（空欄）/);

  const preview = panel.getByRole('region', { name: '読み取られる内容' });
  await expect(preview).toContainText('東京');
  const encoding = panel.getByRole('combobox', { name: '表示する文字コード' });
  await expect(encoding).toHaveValue('cp932');
  await encoding.selectOption('utf-8');
  await expect(preview).not.toContainText('東京');
  await expect(panel).toContainText('取り込むときはシフトJIS（Windows）として読み取られます。');
  await encoding.selectOption('cp932');
  await expect(preview).toContainText('東京');

  const sending = page.getByRole('region', { name: '送信するファイル' });
  await expect(sending).toHaveCount(0);
  await panel.getByRole('button', { name: 'このまま送る' }).press('Enter');
  const row = sending.getByRole('listitem').filter({ hasText: name }).first();
  await expect(row).toContainText('取り込み済み（不備 2 行）', { timeout: 45_000 });
  await expect(panel).toHaveCount(0);
  await row.getByRole('link').click();
  const rejects = page.getByRole('table', { name: '不備のある行' }).locator('tbody tr');
  await expect(rejects).toHaveCount(2);
  await expect(rejects.nth(0)).toContainText(/3\s*latitude\s*３４．４/);
  await expect(rejects.nth(1)).toContainText(/5\s*longitude\s*（空欄）/);
});

test('a file that somebody decides not to send is gone, and nothing of it was sent', async ({ as }) => {
  const page = await (await as(personWith('uploader'))).newPage();
  await page.goto('/');
  const name = `${Date.now()}-kept.csv`;
  await drop(page, name, citiesFromExcel());
  const panel = heldFile(page, name);
  await panel.getByRole('button', { name: 'Don’t send' }).click();
  await expect(panel).toHaveCount(0);
  await page.goto('/files');
  await expect(page.getByRole('row', { name })).toHaveCount(0);
});

test('a large file is looked at as a whole where somebody wants it', async ({ as }) => {
  test.setTimeout(120_000);
  const page = await (await as(personWith('uploader'))).newPage();
  await page.goto('/');
  const name = `${Date.now()}-large.csv`;
  const bad = 'six,Somewhere,JP,13,,35.6,139.7\n';
  const lines = citiesCsv(150_000).toString();
  const at = lines.indexOf('\n') + 1;
  const buffer = Buffer.from(`${lines.slice(0, at)}${bad}${lines.slice(at)}${bad}`);
  await page.locator('input[type=file][multiple]').setInputFiles({ name, mimeType: 'text/csv', buffer });
  const panel = heldFile(page, name);
  await expect(panel).toContainText(/Of the first [\d,]+ lines, 1 would be refused\./);
  await panel.getByRole('button', { name: 'Check the whole file' }).click();
  await expect(panel).toContainText('Of all 150,002 lines, 2 would be refused.', { timeout: 60_000 });
  await expect(panel.getByRole('button', { name: 'Check the whole file' })).toHaveCount(0);
});

test('of many files each can be looked at closer, and the others are named on a wish', async ({ as }) => {
  const page = await (await as(personWith('uploader'))).newPage();
  await page.goto('/');
  const folder = Date.now();
  const files = Array.from({ length: 25 }, (_, i) => ({
    name: `${folder}-${i}.csv`,
    mimeType: 'text/csv',
    buffer: citiesFromExcel(),
  }));
  await page.locator('input[type=file][multiple]').setInputFiles(files);
  await expect(page.getByText('25 of the files need a look.')).toBeVisible();
  const closer = page.getByRole('button', { name: /^Look closer at/ });
  await expect(closer).toHaveCount(10);
  await page.getByRole('button', { name: 'Show more (15 left)' }).click();
  await expect(closer).toHaveCount(25);
  const name = `${folder}-20.csv`;
  await page.getByRole('button', { name: `Look closer at ${name}` }).click();
  await expect(heldFile(page, name).getByRole('table', { name: 'Lines that would be refused' })).toBeVisible();
  await expect(closer).toHaveCount(24);
  await heldFile(page, name).getByRole('button', { name: 'Don’t send' }).click();
  await page.getByRole('button', { name: 'Don’t send 24' }).click();
  await expect(closer).toHaveCount(0);
});

test('where what shows findings does not come, that is told, and it can be asked for again', async ({ as }) => {
  const page = await (await as(personWith('uploader'))).newPage();
  await page.goto('/');
  await page.route('**/_next/static/**/*.js', async (route) => {
    const script = await route.fetch();
    const isList = (await script.text()).includes('lookCloserAt');
    return isList ? route.abort() : route.fulfill({ response: script });
  });
  const name = `${Date.now()}-unshown.csv`;
  await drop(page, name, citiesFromExcel());
  await expect(page.getByRole('alert').filter({ hasText: '1 file needs a look before it is sent.' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send 1 as they are' })).toBeVisible();
  await page.unrouteAll();
  await page.getByRole('button', { name: 'Load again' }).click();
  await expect(heldFile(page, name)).toBeVisible();
  await heldFile(page, name).getByRole('button', { name: 'Don’t send' }).click();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing about the panel, and it fits a phone: ${colorScheme}`, async ({ as }) => {
    const options = {
      locale: 'ja',
      colorScheme,
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 844 },
    } as const;
    const page = await (await as(personWith('uploader'), options)).newPage();
    await page.goto('/');
    const name = `${Date.now()}-phone.csv`;
    await drop(page, name, citiesFromExcel());
    await expect(heldFile(page, name).getByRole('table').first()).toBeVisible();
    await page.evaluate(() => document.fonts.ready);
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
    ).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}
