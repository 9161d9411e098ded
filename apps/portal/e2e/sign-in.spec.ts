import { personWith } from './people.ts';
import { expect, test } from './test.ts';

const texts = {
  ja: {
    email: 'メールアドレス',
    password: 'パスワード',
    submit: 'サインイン',
    wrong: 'メールアドレスとパスワードの組み合わせを確認できませんでした。',
    home: 'ホーム',
    signOut: 'サインアウト',
    menu: /さんのメニュー$/,
  },
  en: {
    email: 'E-mail address',
    password: 'Password',
    submit: 'Sign in',
    wrong: /password/i,
    home: 'Home',
    signOut: 'Sign out',
    menu: /^Menu of /,
  },
} as const;

for (const locale of ['ja', 'en'] as const) {
  const told = texts[locale];
  test.describe(`signing in, in ${locale}`, () => {
    test.use({ locale });

    test('a wrong password is told without saying which of the two was wrong', async ({ page }) => {
      await page.goto('/sign-in');
      await page.getByLabel(told.email).fill(personWith('uploader').email);
      await page.getByLabel(told.password, { exact: true }).fill('not the password');
      await page.getByRole('button', { name: told.submit }).click();
      const notice = page.getByRole('alert').filter({ hasText: 'wrong-credentials' });
      await expect(notice).toContainText(told.wrong);
      await expect(page).toHaveURL(/\/sign-in$/);
    });

    test('the right password leads to the page asked for; signing out closes the door', async ({ page }) => {
      const { email, password } = personWith('uploader');
      await page.goto('/files?show=needs-you');
      await expect(page).toHaveURL('/sign-in?next=%2Ffiles%3Fshow%3Dneeds-you');
      await page.getByLabel(told.email).fill(email);
      await page.getByLabel(told.password, { exact: true }).fill(password);
      await page.getByRole('button', { name: told.submit }).click();
      await expect(page).toHaveURL('/files?show=needs-you');
      await expect(page.getByRole('link', { name: told.home })).toBeVisible();
      await page.getByRole('button', { name: told.menu }).click();
      await page.getByRole('button', { name: told.signOut }).click();
      await expect(page).toHaveURL('/sign-in');
      await page.goto('/');
      await expect(page).toHaveURL('/sign-in');
    });
  });
}

test('the language can be changed before signing in, and stays', async ({ page }) => {
  await page.goto('/sign-in');
  const before = await page.locator('html').getAttribute('lang');
  await page.getByRole('button', { name: before === 'ja' ? 'English' : '日本語' }).click();
  const after = before === 'ja' ? 'en' : 'ja';
  await expect(page.locator('html')).toHaveAttribute('lang', after);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', after);
});

test('a return path to another site is not followed', async ({ page }) => {
  const { email, password } = personWith('uploader');
  await page.goto('/sign-in?next=%2F%2Felsewhere.example%2F');
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await expect(page).toHaveURL('/');
});
