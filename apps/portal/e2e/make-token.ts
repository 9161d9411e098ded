import { expect, type Page } from './test.ts';

export const tokenTexts = {
  ja: {
    name: '名前',
    submit: '発行する',
    once: 'いま一度だけ表示されます',
    close: '保存したので閉じる',
    revoke: (name: string) => `トークン「${name}」を取り消す`,
    revokeNow: '取り消す',
    keep: 'やめる',
    gone: /^使えなくなったトークン/,
    revoked: '取り消されました',
  },
  en: {
    name: 'Name',
    submit: 'Make the token',
    once: 'the only time the token is shown',
    close: 'I have kept it, close',
    revoke: (name: string) => `Revoke the token ${name}`,
    revokeNow: 'Revoke now',
    keep: 'Keep it',
    gone: /^Tokens that no longer work/,
    revoked: 'Revoked',
  },
} as const;

/** The token that a page shows, and nowhere else. */
export async function makeToken(
  page: Page,
  name: string,
  told: (typeof tokenTexts)['ja' | 'en'] = tokenTexts.en,
): Promise<string> {
  await page.goto('/tokens');
  await page.getByLabel(told.name, { exact: true }).fill(name);
  await page.getByRole('button', { name: told.submit }).click();
  await expect(page.getByText(told.once)).toBeVisible();
  return page.getByText(/^hky_[\w-]{43}$/).innerText();
}
