import { makeToken, tokenTexts } from './make-token.ts';
import { personWith } from './people.ts';
import { expect, test } from './test.ts';

for (const locale of ['ja', 'en'] as const) {
  test(`a token is shown once, tells when it was used, and stops when it is revoked, in ${locale}`, async ({
    as,
    request,
  }) => {
    const told = tokenTexts[locale];
    const context = await as(personWith('administrator'), {
      locale,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const name = `batch ${Date.now()}`;
    const token = await makeToken(page, name, told);
    await page.getByRole('region', { name }).getByRole('button').first().click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(token);
    const knock = () => request.get('/v1/datasets', { headers: { authorization: `Bearer ${token}` } });
    expect((await knock()).status()).toBe(200);

    await page.getByRole('button', { name: told.close }).click();
    await expect(page.getByText(token)).toHaveCount(0);
    await page.reload();
    expect(await page.content()).not.toContain(token);

    await page.getByRole('button', { name: told.revoke(name) }).click();
    await page.getByRole('button', { name: told.keep }).click();
    expect((await knock()).status()).toBe(200);
    await page.getByRole('button', { name: told.revoke(name) }).click();
    await page.getByRole('button', { name: told.revokeNow, exact: true }).click();
    await expect(page.getByRole('group', { name: told.revoke(name) })).toHaveCount(0);
    expect((await knock()).status()).toBe(401);
    await page.getByText(told.gone).click();
    await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText(told.revoked);
  });
}

test('without anything it may do, a token is not made', async ({ as }) => {
  const page = await (await as(personWith('administrator'))).newPage();
  await page.goto('/tokens');
  for (const box of ['Send files', 'See results']) await page.getByLabel(box).uncheck();
  await expect(page.getByRole('button', { name: 'Make the token' })).toBeDisabled();
});

test("a problem's type leads to its explanation", async ({ page, request }) => {
  const answer = await request.get('/v1/datasets');
  const problem: { type: string; code: string } = await answer.json();
  await page.goto(problem.type);
  await expect(page.locator(':target')).toContainText(problem.code);
});
