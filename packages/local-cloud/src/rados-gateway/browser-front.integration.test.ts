import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CloudAccount } from '../account/cloud-account.ts';
import { testAccount, testCloud } from '../testing/index.ts';

const portal = 'http://portal.example';
let account: CloudAccount;

beforeAll(async () => {
  account = await testAccount({ corsOrigins: [portal] });
});

afterAll(() => account.delete());

/** As a browser asks before it sends to a presigned URL: the signature's query is there, the signed headers aren't. */
function preflight(endpoint: string | undefined, origin: string): Promise<Response> {
  const signed = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a%2F20261121%2Fus-east-1%2Fs3%2Faws4_request';
  return fetch(`${endpoint}/${account.bucket}/incoming/a.csv?${signed}&X-Amz-Date=20261121T000000Z&X-Amz-Expires=60`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type,if-none-match',
    },
  });
}

test('a preflight for a presigned URL is answered as S3 does, for the allowed origin only', async () => {
  const answer = await preflight(testCloud().s3?.browserEndpoint, portal);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('access-control-allow-origin')).toBe(portal);
  const stranger = await preflight(testCloud().s3?.browserEndpoint, 'http://elsewhere.example');
  expect(stranger.headers.get('access-control-allow-origin')).toBeNull();
});

test('everything else passes untouched: signatures hold, bytes are the same', async () => {
  const { browserEndpoint } = testCloud().s3 ?? {};
  if (!browserEndpoint) throw new Error('the test cloud runs s3');
  const client = new S3Client({
    endpoint: browserEndpoint,
    region: account.region,
    credentials: { ...account.owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const Body = Buffer.alloc(3 * 1024 * 1024, 'あ');
  const object = { Bucket: account.bucket, Key: 'incoming/飛 脚+.csv' };
  await client.send(new PutObjectCommand({ ...object, Body }));
  const found = await client.send(new GetObjectCommand(object));
  expect(Buffer.from((await found.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
  client.destroy();
});
