import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testAccount, testCloud } from '../testing/index.ts';
import { readRoleProfile } from '../../test/read-role-profile.ts';
import { type AccountRole, accountRoleArn } from './account-roles.ts';
import type { CloudAccount } from './cloud-account.ts';

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken?: string };

let account: CloudAccount;
let Bucket: string;
let objectVersionId: string;
let owner: S3Client;
let api: S3Client;
let worker: S3Client;
const clients: S3Client[] = [];

function s3Client(credentials: Credentials): S3Client {
  const endpoint = account.environment('api')['AWS_ENDPOINT_URL_S3'] ?? '';
  const client = new S3Client({
    endpoint,
    region: account.region,
    credentials: { ...credentials },
    forcePathStyle: true,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  clients.push(client);
  return client;
}

async function assume(base: Credentials, role: AccountRole): Promise<Credentials> {
  const endpoint = account.environment('api')['AWS_ENDPOINT_URL_STS'] ?? '';
  const sts = new STSClient({ endpoint, region: account.region, credentials: { ...base }, maxAttempts: 1 });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: accountRoleArn(account.name, role),
      RoleSessionName: 'test',
      DurationSeconds: 900,
    }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
}

const denied = { $metadata: { httpStatusCode: 403 } };

beforeAll(async () => {
  account = await testAccount({ corsOrigins: ['http://localhost:3000'] });
  ({ bucket: Bucket } = account);
  owner = s3Client(account.owner);
  api = s3Client(await assume(await readRoleProfile(account.environment('api')), 'api'));
  worker = s3Client(await assume(await readRoleProfile(account.environment('ingest-worker')), 'ingest-worker'));
  const put = await owner.send(new PutObjectCommand({ Bucket, Key: 'incoming/there', Body: 'x' }));
  objectVersionId = put.VersionId ?? '';
  await owner.send(new PutObjectCommand({ Bucket, Key: 'exports/there', Body: 'x' }));
});

afterAll(async () => {
  for (const client of clients) client.destroy();
  await account.delete();
});

describe('the api role', () => {
  test('puts objects below incoming/ and nowhere else', async () => {
    await api.send(new PutObjectCommand({ Bucket, Key: 'incoming/a', Body: 'x' }));
    await expect(api.send(new PutObjectCommand({ Bucket, Key: 'exports/a', Body: 'x' }))).rejects.toMatchObject(denied);
    await expect(api.send(new PutObjectCommand({ Bucket, Key: 'incoming', Body: 'x' }))).rejects.toMatchObject(denied);
  });

  test('runs multipart uploads below incoming/ and nowhere else', async () => {
    const upload = { Bucket, Key: 'incoming/multipart' };
    const { UploadId } = await api.send(new CreateMultipartUploadCommand(upload));
    const { ETag } = await api.send(new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'x' }));
    const { Parts } = await api.send(new ListPartsCommand({ ...upload, UploadId }));
    expect(Parts).toHaveLength(1);
    await api.send(
      new CompleteMultipartUploadCommand({
        ...upload,
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] },
      }),
    );
    const begun = await api.send(new CreateMultipartUploadCommand(upload));
    await api.send(new AbortMultipartUploadCommand({ ...upload, UploadId: begun.UploadId }));

    const elsewhere = { Bucket, Key: 'exports/multipart' };
    await expect(api.send(new CreateMultipartUploadCommand(elsewhere))).rejects.toMatchObject(denied);
    const owners = await owner.send(new CreateMultipartUploadCommand(elsewhere));
    const theirs = { ...elsewhere, UploadId: owners.UploadId };
    await expect(api.send(new UploadPartCommand({ ...theirs, PartNumber: 1, Body: 'x' }))).rejects.toMatchObject(
      denied,
    );
    await expect(api.send(new ListPartsCommand(theirs))).rejects.toMatchObject(denied);
    await expect(api.send(new AbortMultipartUploadCommand(theirs))).rejects.toMatchObject(denied);
  });

  test('reads below incoming/ and nowhere else', async () => {
    const there = { Bucket, Key: 'incoming/there' };
    const { ContentLength } = await api.send(new HeadObjectCommand(there));
    expect(ContentLength).toBe(1);
    await api.send(new GetObjectCommand(there));
    await api.send(new GetObjectCommand({ ...there, VersionId: objectVersionId }));
    const elsewhere = { Bucket, Key: 'exports/there' };
    await expect(api.send(new HeadObjectCommand(elsewhere))).rejects.toMatchObject(denied);
    await expect(api.send(new GetObjectCommand(elsewhere))).rejects.toMatchObject(denied);
  });

  test('neither deletes nor lists nor changes the bucket', async () => {
    const there = { Bucket, Key: 'incoming/there' };
    await expect(api.send(new DeleteObjectCommand(there))).rejects.toMatchObject(denied);
    await expect(api.send(new DeleteObjectCommand({ ...there, VersionId: objectVersionId }))).rejects.toMatchObject(
      denied,
    );
    await expect(api.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject(denied);
    await expect(api.send(new ListObjectsV2Command({ Bucket, Prefix: 'incoming/' }))).rejects.toMatchObject(denied);
    await expect(api.send(new ListMultipartUploadsCommand({ Bucket }))).rejects.toMatchObject(denied);
    await expect(api.send(new PutBucketPolicyCommand({ Bucket, Policy: allowAll(Bucket) }))).rejects.toMatchObject(
      denied,
    );
  });

  test('what it writes belongs to the owner of the bucket', async () => {
    await api.send(new PutObjectCommand({ Bucket, Key: 'incoming/owned', Body: 'x' }));
    const { Body } = await owner.send(new GetObjectCommand({ Bucket, Key: 'incoming/owned' }));
    expect(await Body?.transformToString()).toBe('x');
  });
});

describe('the ingest worker role', () => {
  test('reads every version below incoming/ and nothing else', async () => {
    const there = { Bucket, Key: 'incoming/there' };
    await worker.send(new HeadObjectCommand(there));
    await worker.send(new GetObjectCommand(there));
    await worker.send(new GetObjectCommand({ ...there, VersionId: objectVersionId }));
    await expect(worker.send(new GetObjectCommand({ Bucket, Key: 'exports/there' }))).rejects.toMatchObject(denied);
  });

  test('lists below incoming/ and nowhere else', async () => {
    const { Contents } = await worker.send(new ListObjectsV2Command({ Bucket, Prefix: 'incoming/' }));
    expect(Contents?.map(({ Key }) => Key)).toContain('incoming/there');
    const { Versions } = await worker.send(new ListObjectVersionsCommand({ Bucket, Prefix: 'incoming/' }));
    expect(Versions?.map(({ Key }) => Key)).toContain('incoming/there');
    await expect(worker.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject(denied);
    await expect(worker.send(new ListObjectsV2Command({ Bucket, Prefix: 'exports/' }))).rejects.toMatchObject(denied);
    await expect(worker.send(new ListObjectVersionsCommand({ Bucket }))).rejects.toMatchObject(denied);
  });

  test('writes and deletes nothing', async () => {
    const there = { Bucket, Key: 'incoming/there' };
    await expect(worker.send(new PutObjectCommand({ ...there, Body: 'y' }))).rejects.toMatchObject(denied);
    await expect(worker.send(new CreateMultipartUploadCommand(there))).rejects.toMatchObject(denied);
    await expect(worker.send(new DeleteObjectCommand(there))).rejects.toMatchObject(denied);
  });
});

describe('the base key of a role', () => {
  test('may take its own role on, and no other', async () => {
    const base = await readRoleProfile(account.environment('api'));
    await assume(base, 'api');
    await expect(assume(base, 'ingest-worker')).rejects.toMatchObject(denied);
    const other = await testAccount();
    await expect(assume(await readRoleProfile(other.environment('api')), 'api')).rejects.toMatchObject(denied);
    await other.delete();
  });

  test('may do nothing else', async () => {
    const base = s3Client(await readRoleProfile(account.environment('api')));
    await expect(base.send(new GetObjectCommand({ Bucket, Key: 'incoming/there' }))).rejects.toMatchObject(denied);
    await expect(base.send(new PutObjectCommand({ Bucket, Key: 'incoming/x', Body: 'x' }))).rejects.toMatchObject(
      denied,
    );
    await expect(base.send(new ListObjectsV2Command({ Bucket }))).rejects.toMatchObject(denied);
    // The gateway lets any key list the names of its user's buckets; there is one, and the role knows its name.
    const { Buckets } = await base.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
    await expect(base.send(new CreateBucketCommand({ Bucket: `${Bucket}-2` }))).rejects.toMatchObject({
      name: 'TooManyBuckets',
    });
    await expect(base.send(new PutBucketPolicyCommand({ Bucket, Policy: allowAll(Bucket) }))).rejects.toMatchObject(
      denied,
    );
  });

  test('lies in files that only their owner can read', async () => {
    for (const role of ['api', 'ingest-worker'] as const) {
      const environment = account.environment(role);
      for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
        const { mode } = await stat(environment[name] ?? '');
        expect(mode & 0o777).toBe(0o600);
      }
      expect(Object.keys(environment)).not.toContain('AWS_SECRET_ACCESS_KEY');
    }
  });
});

test('a process with the role environment works with the default credential chain, on temporary credentials', async () => {
  const script = new URL('../../test/upload-as-app.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [script, Bucket, 'incoming/child', account.queueUrl], {
    env: { PATH: process.env['PATH'], ...account.environment('api') },
  });
  const printed: unknown = JSON.parse(stdout);
  expect(printed).toMatchObject({ VersionId: expect.any(String), hasSessionToken: true });
  expect(printed).toHaveProperty('expiresInSeconds', expect.closeTo(3600, -2));
  await owner.send(new HeadObjectCommand({ Bucket, Key: 'incoming/child' }));
});

test('the bucket answers a browser of a named origin, and no other', async () => {
  const endpoint = testCloud().s3?.endpoint ?? '';
  const preflight = (origin: string) =>
    fetch(`${endpoint}/${Bucket}/incoming/a`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'PUT' },
    });
  const named = await preflight('http://localhost:3000');
  expect(named.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
  expect((await preflight('http://localhost:3001')).status).toBe(403);
});

test('the bucket ends multipart uploads that everybody forgot', async () => {
  const { Rules } = await owner.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  expect(Rules).toMatchObject([{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 14 } }]);
});

function allowAll(bucket: string): string {
  const Resource = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:*', Resource }],
  });
}
