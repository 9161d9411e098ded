import { personWith } from './people.ts';
import { expect, test } from './test.ts';

const roleArn = 'arn:aws:iam::111122223333:role/resize';
const logsOnly = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'Logs', Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: '*' }],
};
const ofBucket = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'ResizeReads',
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::photos/*',
    },
  ],
};

test('the Lambda case is pasted and answered in Japanese, without a word to the server', async ({ as }) => {
  const page = await (await as(personWith('administrator'), { locale: 'ja' })).newPage();
  await page.goto('/policies');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('4件の要求のうち、2件が許可されます');
  const calls: string[] = [];
  page.on('request', (request) => {
    // The links of the header are looked ahead at, and fonts come by need: neither asks for anything that was typed.
    const isOfTyped = `${request.url()} ${request.postData() ?? ''}`.includes('photos');
    if (isOfTyped || request.method() !== 'GET' || request.url().includes('/api/')) calls.push(request.url());
  });

  await page.getByRole('textbox', { name: 'ロール・ユーザー' }).fill(JSON.stringify(logsOnly, null, 2));
  await page.getByRole('tab', { name: 'バケット' }).click();
  await page.getByRole('textbox', { name: 'バケット', exact: true }).fill(JSON.stringify(ofBucket, null, 2));
  await page.getByLabel('だれが').fill(roleArn);
  await page.getByLabel('何を').fill('s3:GetObject');
  await page.getByLabel('どれに').fill('arn:aws:s3:::photos/a.jpg');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('この要求は許可されます');
  const decisions = page.getByRole('region', { name: '評価の結果' });
  await expect(decisions).toContainText(
    'バケットポリシー「photos」の「ResizeReads」がロール（またはユーザー）に許可しており',
  );
  await expect(decisions).toContainText('アイデンティティベースのポリシー「resize」の「Logs」');

  await page.getByLabel('何を').fill('s3:GetObject\ns3:PutObject');
  await decisions.getByRole('button', { name: '許可なし' }).click();
  await expect(decisions).toContainText('許可されるようにする最小の変更');
  await expect(decisions).toContainText('「ResizeReads」のActionに「s3:PutObject」を加える');
  expect(calls).toEqual([]);
});

test('a finding leads to its line; what can not be read is said; the keyboard is enough', async ({ as }) => {
  const page = await (await as(personWith('administrator'))).newPage();
  await page.goto('/policies');
  await page.getByRole('tab', { name: 'Role or user' }).press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Bucket' })).toBeFocused();
  await expect(page.getByRole('tab', { name: 'Bucket' })).toHaveAttribute('aria-selected', 'true');
  const field = page.getByRole('textbox', { name: 'Bucket', exact: true });
  await field.fill(
    JSON.stringify({ ...ofBucket, Statement: [{ ...ofBucket.Statement[0], Action: 's3:GetObjectMetadata' }] }, null, 2),
  );
  const finding = page.getByRole('listitem').filter({ hasText: 'unknown-action' });
  await finding.getByRole('button', { name: 'Line 10' }).press('Enter');
  await expect(field).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toContain('s3:GetObjectMetadata');
  await expect(page.getByRole('tab', { name: 'Bucket 1 finding' })).toBeVisible();

  await field.fill('{ "Version":');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    '1 policy can not be read, so there is no answer yet',
  );
  await field.fill('');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('0 of 4 requests are allowed');
});

test('a bucket policy is made without JSON, and copied for other tools', async ({ as }) => {
  const context = await as(personWith('administrator'), { permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto('/policies');
  await page.getByRole('tab', { name: 'Bucket' }).click();
  const form = page.getByRole('region', { name: 'Make a bucket policy with a form' });
  await form.getByLabel('Name of the bucket').fill('photos');
  await form.getByLabel('ARN of the role').fill(roleArn);
  await form.getByLabel('Prefixes to read').fill('incoming/\narchive/');
  await form.getByLabel('Any other network than').fill('203.0.113.0/24');
  await form.getByRole('button', { name: 'Make the policy' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'Bucket', exact: true });
  const made: unknown = JSON.parse(await field.inputValue());
  expect(made).toMatchObject({
    Statement: [
      { Sid: 'RoleReads', Resource: ['arn:aws:s3:::photos/incoming/*', 'arn:aws:s3:::photos/archive/*'] },
      { Sid: 'DenyPlainHttp' },
      { Sid: 'DenyOldTls' },
      { Sid: 'DenyOutside' },
    ],
  });
  await expect(page.getByText('Nothing to say against it.')).toBeVisible();

  const exported = page.getByRole('region', { name: 'Use it in other tools' });
  for (const [tool, expected] of [
    ['CloudFormation', '"Type": "AWS::S3::BucketPolicy"'],
    ['CDK', 'PolicyDocument.fromJson'],
    ['Terraform', 'resource "aws_s3_bucket_policy"'],
    ['JSON', '"Sid": "RoleReads"'],
  ] as const) {
    await exported.getByRole('radio', { name: tool }).check();
    await exported.getByRole('button', { name: `Copy: ${tool}` }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(expected);
  }
});

test('no other page loads what the workbench is made of', async ({ as }) => {
  const page = await (await as(personWith('administrator'))).newPage();
  const withTable: string[] = [];
  page.on('response', async (response) => {
    if (!response.url().includes('/_next/static/')) return;
    const text = await response.text().catch(() => '');
    if (text.includes('GetObjectLegalHold')) withTable.push(response.url());
  });
  await page.goto('/members');
  await page.waitForLoadState('networkidle');
  const before = withTable.length;
  await page.goto('/policies');
  await expect(page.getByRole('tablist')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect([before, withTable.length > 0]).toEqual([0, true]);
});
