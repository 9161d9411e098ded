import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
        await page.locator('select').first().selectOption('cities');
        await input.setInputFiles(await writeFiles(testInfo.outputPath('many'), 80));
        await expect(
          page.getByRole('list', { name: locale === 'ja' ? 'ファイルの状況' : 'Where the files are' }),
        ).toBeVisible();
        await page.evaluate(() => dispatchEvent(new Event('hikyaku-signed-out', { cancelable: true })));
        await shoot('tally-halted');
      });
    }
  }
}

/** On the disk, where a file is the same each time it is chosen. */
async function writeFiles(folderOfThem: string, count: number): Promise<string[]> {
  await mkdir(folderOfThem, { recursive: true });
  const paths = Array.from({ length: count }, (_, index) =>
    join(folderOfThem, `都市マスタ-2026-11-${String(index + 1).padStart(2, '0')}.csv`),
  );
  await Promise.all(paths.map((path, index) => writeFile(path, citiesCsv(index + 3))));
  return paths;
}
