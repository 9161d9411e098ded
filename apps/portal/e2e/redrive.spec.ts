import { personWith } from './people.ts';
import { sendAsItIs } from './send-as-it-is.ts';
import { expect, test } from './test.ts';

const wrongColumns = Buffer.from('number,label\n1,Tokyo\n');

test('an operator runs a refused file again, and its timeline says who did', async ({ as }) => {
  const operator = personWith('operator');
  const page = await (await as(operator)).newPage();
  await page.goto('/');
  const name = `${Date.now()}-again.csv`;
  await page.locator('input[type=file][multiple]').setInputFiles({ name, mimeType: 'text/csv', buffer: wrongColumns });
  await sendAsItIs(page, name);
  const row = page.getByRole('region', { name: 'Files being sent' }).getByRole('listitem').filter({ hasText: name });
  await expect(row.first()).toContainText('missing-columns', { timeout: 45_000 });
  await row.first().getByRole('link').click();

  const timeline = page.getByRole('list', { name: 'What happened to this file' });
  const refusals = timeline.getByText('Refused', { exact: true });
  await expect(refusals).toHaveCount(1);
  await page.getByRole('button', { name: 'Run again' }).click();
  // Its columns are still others.
  await expect(refusals).toHaveCount(2, { timeout: 45_000 });
  await expect(page.getByText('missing-columns').first()).toBeVisible();
});

test('an uploader is not offered to run a file again', async ({ as }) => {
  const page = await (await as(personWith('uploader'))).newPage();
  await page.goto('/files');
  await page
    .getByRole('link', { name: /-again\.csv/ })
    .first()
    .click();
  await expect(page.getByText('missing-columns').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run again' })).toHaveCount(0);
});
