import { generateIdentity, recipientOf } from '@hikyaku/encryption';
import { personWith } from './people.ts';
import { expect, test } from './test.ts';

test('an administrator adds a key, retires it, and takes that back; a private key goes nowhere', async ({ as }) => {
  const page = await (await as(personWith('administrator'))).newPage();
  await page.goto('/keys');
  const identity = generateIdentity();
  const publicKey = recipientOf(identity);
  const label = `Head office ${Date.now()}`;
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.postData() ?? ''));
  const field = page.getByRole('textbox', { name: 'Public key' });
  await page.getByRole('textbox', { name: 'Name' }).fill(label);
  await field.fill(identity);
  await expect(page.getByText('What you pasted was a private key.')).toBeVisible();
  await expect(field).toHaveValue('');
  const secret = `-----BEGIN OPENSSH PRIVATE KEY-----${identity.slice(-40)}`;
  await field.fill(secret);
  await expect(field).toHaveValue('');
  await field.fill(identity.slice('AGE-SECRET-KEY-1'.length));
  await page.getByRole('button', { name: 'Add the key' }).click();
  await expect(page.getByText('This is no public key of age')).toBeVisible();
  await field.fill(publicKey);
  await page.getByRole('button', { name: 'Add the key' }).click();
  const inUse = page.getByRole('region', { name: 'Keys in use' }).getByRole('listitem').filter({ hasText: label });
  await expect(inUse).toContainText('Held by your organization');
  await expect(page.getByText(`-r ${publicKey}`).first()).toBeVisible();
  expect(sent.join('\n')).not.toContain(identity.slice(-40));

  const retire = page.getByRole('button', { name: `Retire the key ${label}` });
  await retire.click();
  await page.getByRole('button', { name: 'Keep it in use' }).click();
  await expect(retire).toBeFocused();
  await expect(inUse).toBeVisible();
  await retire.click();
  await page.getByRole('button', { name: 'Retire now' }).click();
  const retired = page.getByRole('region', { name: 'Retired keys' }).getByRole('listitem').filter({ hasText: label });
  await expect(retired).toBeVisible();
  await expect(inUse).toHaveCount(0);
  await retired.getByRole('button', { name: `Put the key ${label} back in use` }).click();
  await expect(inUse).toBeVisible();
  // The other tests encrypt for the key of the worker. Of a file that it can't open it says from now on that it waits for this one's holder:
  // `formats.spec.ts`, which has one refused, comes before this.
  await retire.click();
  await page.getByRole('button', { name: 'Retire now' }).click();
  await expect(inUse).toHaveCount(0);
});

test('who is no administrator sees keys and changes none', async ({ as }) => {
  const page = await (await as(personWith('operator'))).newPage();
  await page.goto('/keys');
  await expect(page.getByRole('region', { name: 'Keys in use' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Retire|^Add the key|^Put/ })).toHaveCount(0);
});
