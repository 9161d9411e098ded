import { AxeBuilder } from '@axe-core/playwright';
import { makeToken, tokenTexts } from './make-token.ts';
import { personWith } from './people.ts';
import { expect, type Page, test } from './test.ts';
import { doorPages, visitedPages } from './visited-pages.ts';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function faultsOf(page: Page): Promise<string[]> {
  // The page itself, not what stands in for it while its data comes.
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any page, ${colorScheme}`, async ({ as, browser }) => {
    test.setTimeout(180_000);
    const context = await as(personWith('administrator'), { locale: 'ja', colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    const faults: Record<string, string[]> = {};
    for (const { name, path } of await visitedPages(context.request)) {
      await page.goto(path);
      faults[name] = await faultsOf(page);
    }
    await page.goto('/');
    await page.getByRole('button', { name: /さんのメニュー$/ }).click();
    faults['account-menu'] = await faultsOf(page);
    await makeToken(page, 'axe', tokenTexts.ja);
    await page
      .getByRole('button', { name: tokenTexts.ja.revoke('axe') })
      .first()
      .click();
    faults['token-made'] = await faultsOf(page);
    await page.goto('/keys');
    await page
      .getByRole('button', { name: /の使用を終える$/ })
      .first()
      .click();
    faults['keys-question'] = await faultsOf(page);
    await page.goto('/policies');
    await page.getByRole('tab', { name: 'バケット' }).click();
    await page
      .getByRole('textbox', { name: 'バケット', exact: true })
      .fill('{"Statement":[{"Effect":"Allow","Action":"x"}]}');
    await expect(page.getByText('unknown-action').or(page.getByText('malformed-action')).first()).toBeVisible();
    faults['policies-findings'] = await faultsOf(page);
    const platform = await (await as(personWith('platform administrator'), { colorScheme })).newPage();
    await platform.goto('/platform/unrouted');
    faults['unrouted'] = await faultsOf(platform);
    const outside = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const door = await outside.newPage();
    for (const { name, path } of doorPages) {
      await door.goto(path);
      faults[name] = await faultsOf(door);
    }
    await outside.close();
    expect(Object.entries(faults).filter(([, found]) => found.length > 0)).toEqual([]);
  });
}

test('no page scrolls sideways on a phone', async ({ as }) => {
  test.setTimeout(120_000);
  for (const locale of ['ja', 'en'] as const) {
    const context = await as(personWith('administrator'), { locale, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    for (const { path } of [...(await visitedPages(context.request)), ...doorPages]) {
      await page.goto(path);
      const wider = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([path, wider]).toEqual([path, 0]);
    }
  }
});

test('the keyboard reaches the content, the rows and the menu', async ({ as }) => {
  const page = await (await as(personWith('administrator'))).newPage();
  await page.goto('/files');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  // The page's script has to be there before it hears a key.
  await expect(async () => {
    await page.keyboard.press('j');
    await expect(page.locator('[data-row-link]:focus')).toHaveCount(1, { timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect(page.locator('[data-row-link]').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/files\/[0-9a-f-]{36}$/);
  await page.getByRole('button', { name: /^Menu of / }).press('Enter');
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeHidden();
  await expect(page.getByRole('button', { name: /^Menu of / })).toBeFocused();
});
