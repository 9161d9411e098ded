import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from '@hikyaku/s3-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { signProbes } from '../src/domain/sign-probes.ts';
import { type ApiClient, dataOf, errorCodeOf } from './api-client.ts';
import { portalUrl, testApi, type TestApi } from './test-api.ts';
import type { TestOrganization } from './test-world.ts';

const probe = z.object({
  sizeBytes: z.int(),
  put: z.object({ url: z.url(), headers: z.record(z.string(), z.string()) }),
});
type Probe = z.infer<typeof probe>;
const answer = z.object({ serverTime: z.iso.datetime(), storageAnswers: z.boolean(), small: probe, large: probe });

let api: TestApi;
let organization: TestOrganization;
let client: ApiClient;

beforeAll(async () => {
  api = await testApi();
  organization = await api.makeOrganization();
  client = await api.signIn(await api.makeMember(organization, 'uploader'));
});
afterAll(() => api.close());

function put({ put: { url, headers } }: Probe, body: Uint8Array<ArrayBuffer>) {
  return fetch(url, { method: 'PUT', headers: { ...headers, origin: portalUrl }, body });
}

test('storage reads all of what is sent to be refused, says so to browsers, and keeps nothing', async () => {
  const begun = Date.now();
  const signed = dataOf(await client.mutate('uploads.signProbes'), answer);
  expect(signed.storageAnswers).toBe(true);
  expect(Math.abs(Date.parse(signed.serverTime) - begun)).toBeLessThan(10_000);
  expect([signed.small.sizeBytes, signed.large.sizeBytes]).toEqual([1_024, 16 * 1024 ** 2]);
  for (const one of [signed.small, signed.large]) {
    expect(new URL(one.put.url).pathname).toContain(`/incoming/${organization.id}/doctor/`);
    const refused = await put(one, new Uint8Array(one.sizeBytes));
    expect(refused.status).toBe(400);
    expect(await refused.text()).toContain('<Code>BadDigest</Code>');
    expect(refused.headers.get('access-control-allow-origin')).toBe(portalUrl);
    const shorter = await put(one, new Uint8Array(one.sizeBytes - 1));
    expect(shorter.status).toBe(403);
    await shorter.body?.cancel();
  }
  expect(await versions()).toEqual([]);
});

test('whoever has no session gets none', async () => {
  expect(errorCodeOf(await api.visitor().mutate('uploads.signProbes'))).toBe('unauthenticated');
});

test('says where storage is away from the server too, and signs all the same', async () => {
  const away = createS3Client({ region: 'us-east-1', endpoint: 'http://127.0.0.1:9', forcePathStyle: true });
  const services = { s3: away, browserS3: away, bucket: 'none-files' };
  const signed = await signProbes(services, organization.id);
  expect(signed.storageAnswers).toBe(false);
  expect(signed.small.put.url).toContain('X-Amz-Signature=');
  away.destroy();
});

async function versions() {
  const { s3, bucket } = { s3: ownersClient(), bucket: api.account.bucket };
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'incoming/' }));
  s3.destroy();
  return Versions.map(({ Key }) => Key);
}

function ownersClient() {
  return new S3Client({
    region: api.environment.AWS_REGION,
    endpoint: api.environment.S3_ENDPOINT ?? '',
    credentials: api.account.owner,
    forcePathStyle: true,
  });
}
