import { personWith } from './people.ts';
import { expect, test } from './test.ts';

// The launcher has put both objects into the bucket before, as a client would that knows nothing of the portal.

test('a file that a foreign client put into the bucket is shown like any other', async ({ as }) => {
  const page = await (await as(personWith('operator'))).newPage();
  await page.goto('/files');
  const row = page.getByRole('row').filter({ hasText: 'foreign.csv' });
  await expect(row).toContainText('Taken in, 3 lines refused', { timeout: 45_000 });
});

test('an object that fits no dataset is shown to the platform administrator, and to nobody else', async ({ as }) => {
  const platform = await (await as(personWith('platform administrator'))).newPage();
  await platform.goto('/platform/unrouted');
  await expect(platform.getByText('incoming/nobody-knows/stray.csv')).toBeVisible();
  const uploader = await (await as(personWith('uploader'))).newPage();
  await uploader.goto('/files');
  await expect(uploader.getByText('stray.csv')).toHaveCount(0);
});
