import { join } from 'node:path';
import { e2eEnv } from './env.ts';
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
    }
  }
}
