import { CreateMultipartUploadCommand, HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { testAccount, testCloud, testDatabase } from './index.ts';

test('a test file gets a database of its own, which is gone after drop', async () => {
  const database = await testDatabase();
  const client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  const { rows } = await client.query('SELECT current_database() AS name');
  expect(rows).toEqual([{ name: database.name }]);
  await client.end();
  await database.drop();
  const again = new Client({ connectionString: database.superuserUrl });
  await expect(again.connect()).rejects.toMatchObject({ code: '3D000' });
});

test('a test file gets an account of its own, from a process that did not start the cloud, and can delete it with its objects', async () => {
  const account = await testAccount();
  const { s3 } = testCloud();
  if (s3 === undefined) throw new Error('the test cloud runs s3');
  const again = await testCloud().createAccount({ name: account.name, bucket: account.bucket, corsOrigins: [] });
  expect(again.owner).toEqual(account.owner);

  const client = new S3Client({
    endpoint: s3.endpoint,
    region: s3.region,
    credentials: account.owner,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const object = { Bucket: account.bucket, Key: 'incoming/a' };
  await client.send(new PutObjectCommand({ ...object, Body: 'one' }));
  await client.send(new PutObjectCommand({ ...object, Body: 'two' }));
  await client.send(new CreateMultipartUploadCommand(object));
  await account.delete();

  const admin = new S3Client({
    endpoint: s3.endpoint,
    region: s3.region,
    credentials: { ...s3.admin },
    forcePathStyle: true,
  });
  await expect(admin.send(new HeadBucketCommand({ Bucket: account.bucket }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 404 },
  });
  await account.delete();
});
