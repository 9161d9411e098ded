import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { e2eEnv } from './env.ts';
import { citiesCsv } from './cities-csv.ts';
import { holdPuts } from './hold-puts.ts';
import { personWith } from './people.ts';
import { expect, test } from './test.ts';
import { doorPages, visitedPages } from './visited-pages.ts';

const folder = e2eEnv().screenshots;
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } } as const;

// Pictures to look at, not to compare: HIKYAKU_SCREENSHOTS=/absolute/folder npm test -- browser
for (const locale of folder ? (['ja', 'en'] as const) : []) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`pictures: ${locale}, ${size}, ${colorScheme}`, async ({ as, browser }) => {
        test.setTimeout(180_000);
        const options = { locale, viewport, colorScheme, reducedMotion: 'reduce' } as const;
        const inside = await as(personWith('administrator'), options);
        const platform = await as(personWith('platform administrator'), options);
        const outside = await browser.newContext(options);
        const shots = [
          ...(await visitedPages(inside.request)).map((each) => ({ ...each, context: inside })),
          { name: 'unrouted', path: '/platform/unrouted', context: platform },
          ...doorPages.map((each) => ({ ...each, context: outside })),
        ];
        for (const { name, path, context } of shots) {
          const page = await context.newPage();
          await page.goto(path);
          await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
          await page.evaluate(() => document.fonts.ready);
          await page.screenshot({
            path: join(folder ?? '', `${name}-${locale}-${size}-${colorScheme}.png`),
            fullPage: true,
          });
          await page.close();
        }
        await outside.close();
      });

      test(`pictures of files on their way: ${locale}, ${size}, ${colorScheme}`, async ({ as }, testInfo) => {
        test.setTimeout(120_000);
        const few = await writeFiles(testInfo.outputPath('few'), 3);
        const context = await as(personWith('uploader'), { locale, viewport, colorScheme, reducedMotion: 'reduce' });
        const page = await context.newPage();
        page.on('dialog', (dialog) => void dialog.accept());
        const shoot = async (name: string) => {
          await page.evaluate(() => document.fonts.ready);
          const file = `sending-${name}-${locale}-${size}-${colorScheme}.png`;
          await page.screenshot({ path: join(folder ?? '', file), fullPage: true });
        };
        const sending = page.getByRole('region', { name: locale === 'ja' ? '送信するファイル' : 'Files being sent' });
        const input = page.locator('input[type=file][multiple]:not([webkitdirectory])');
        await page.goto('/');
        const held = await holdPuts(page);
        await input.setInputFiles(few);
        await held.reached;
        await shoot('begun');
        await page.reload();
        await expect(sending.getByRole('listitem')).toHaveCount(3);
        await shoot('interrupted');
        await page.locator('select').first().selectOption('shops');
        await input.setInputFiles(few);
        await expect(page.getByRole('alert').first()).toBeVisible();
        await shoot('elsewhere');
        await page.getByRole('button', { name: locale === 'ja' ? 'すべて取りやめる…' : 'Give all up …' }).click();
        await shoot('give-up');
        await page.locator('select').first().selectOption('cities');
        await input.setInputFiles(await writeFiles(testInfo.outputPath('many'), 80));
        await expect(
          page.getByRole('list', { name: locale === 'ja' ? 'ファイルの状況' : 'Where the files are' }),
        ).toBeVisible();
        await page.evaluate(() => dispatchEvent(new Event('hikyaku-signed-out', { cancelable: true })));
        await shoot('tally-halted');
      });

      test(`pictures of a file saved over: ${locale}, ${size}, ${colorScheme}`, async ({ as }, testInfo) => {
        const [path = ''] = await writeFiles(testInfo.outputPath('one'), 1);
        const context = await as(personWith('uploader'), { locale, viewport, colorScheme, reducedMotion: 'reduce' });
        const page = await context.newPage();
        await page.goto('/');
        const held = await holdPuts(page);
        await page.locator('input[type=file][multiple]:not([webkitdirectory])').setInputFiles(path);
        await held.reached;
        await writeFile(path, citiesCsv(9));
        held.break();
        await expect(page.getByRole('alert').filter({ hasText: 'file-changed' })).toBeVisible({ timeout: 30_000 });
        await page.screenshot({
          path: join(folder ?? '', `sending-changed-${locale}-${size}-${colorScheme}.png`),
          fullPage: true,
        });
      });
    }
  }
}

if (folder) {
  test('pictures of files that were to be encrypted, and no key is left', async ({ as }) => {
    const { request: office } = await as(personWith('administrator'));
    const call = (name: string, keyId: string) => office.post(`/api/trpc/keys.${name}`, { data: { json: { keyId } } });
    const listed = keyList.parse(await (await office.get('/api/trpc/keys.list')).json()).result.data.json;
    const inUse = listed.filter(({ retiredAt }) => retiredAt === null);
    for (const { id } of inUse) expect((await call('retire', id)).ok()).toBe(true);
    try {
      for (const locale of ['ja', 'en'] as const) {
        for (const [size, viewport] of Object.entries(sizes)) {
          const page = await (await as(personWith('uploader'), { locale, viewport })).newPage();
          await page.addInitScript(() => localStorage.setItem('hikyaku-encrypt', 'true'));
          await page.goto('/');
          await expect(page.getByRole('alert').first()).toBeVisible();
          await page.screenshot({ path: join(folder, `encryption-lost-${locale}-${size}-light.png`), fullPage: true });
        }
      }
    } finally {
      for (const { id } of inUse) await call('restore', id);
    }
  });
}

const keyList = z.object({
  result: z.object({
    data: z.object({ json: z.array(z.object({ id: z.string(), retiredAt: z.string().nullable() })) }),
  }),
});

/** On the disk, where a file is the same each time it is chosen. */
async function writeFiles(folderOfThem: string, count: number): Promise<string[]> {
  await mkdir(folderOfThem, { recursive: true });
  const paths = Array.from({ length: count }, (_, index) =>
    join(folderOfThem, `都市マスタ-2026-11-${String(index + 1).padStart(2, '0')}.csv`),
  );
  await Promise.all(paths.map((path, index) => writeFile(path, citiesCsv(index + 3))));
  return paths;
}
