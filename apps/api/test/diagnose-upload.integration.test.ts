import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { createS3Client } from '@hikyaku/s3-core';
import type { ConnectionFinding } from '@hikyaku/types';
import { causesOf, connectionChecks, diagnoseUpload, type UploadSurroundings } from '@hikyaku/upload-client/diagnosis';
import { sendBodyWithHttp } from '@hikyaku/upload-client/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { signProbes } from '../src/domain/sign-probes.ts';
import { type ApiClient, dataOf, errorCodeOf } from './api-client.ts';
import { portalUrl, testApi, type TestApi } from './test-api.ts';
import type { TestOrganization } from './test-world.ts';

const page = '<!doctype html><html><body>Not today</body></html>';
const errorXml = (code: string, more = '') => `<?xml version="1.0"?><Error><Code>${code}</Code>${more}</Error>`;
const largeBytes = 16 * 1024 ** 2;

const probe = z.object({
  sizeBytes: z.int(),
  put: z.object({ url: z.url(), headers: z.record(z.string(), z.string()), expiresAt: z.string() }),
});
const word = z.object({ serverTime: z.string(), storageAnswers: z.boolean(), small: probe, large: probe });

let api: TestApi;
let organization: TestOrganization;
let client: ApiClient;
/** Between those who send and storage. */
let proxy: FaultProxy;

beforeAll(async () => {
  const { hostname, port } = new URL(testCloud().s3?.endpoint ?? '');
  proxy = await openFaultProxy({ target: { host: hostname, port: Number(port) }, http: true });
  api = await testApi({ S3_BROWSER_ENDPOINT: `http://127.0.0.1:${proxy.port}` });
  organization = await api.makeOrganization();
  client = await api.signIn(await api.makeMember(organization, 'uploader'));
});
afterEach(() => proxy.heal());
afterAll(async () => {
  await api.close();
  await proxy.close();
});

describe('a probe', () => {
  test('storage reads all of what is sent to be refused, says so to browsers, and keeps nothing', async () => {
    const begun = Date.now();
    const probes = await signed();
    expect(probes.storageAnswers).toBe(true);
    expect(Math.abs(Date.parse(probes.serverTime) - begun)).toBeLessThan(10_000);
    expect([probes.small.sizeBytes, probes.large.sizeBytes]).toEqual([1_024, 16 * 1024 ** 2]);
    for (const one of [probes.small, probes.large]) {
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
    const probes = await signProbes(services, organization.id);
    expect(probes.storageAnswers).toBe(false);
    expect(probes.small.put.url).toContain('X-Amz-Signature=');
    away.destroy();
  });
});

describe('a diagnosis', () => {
  test('nothing is wrong with the way to real storage', async () => {
    const findings = await diagnose();
    expect(findings.map(({ check, state }) => [check, state])).toEqual(connectionChecks.map((check) => [check, 'ok']));
  });

  test('a proxy that limits bodies is told from storage, by its page', async () => {
    const refusal = { kind: 'answer', status: 413, contentType: 'text/html', body: page } as const;
    proxy.setHttp([{ method: 'PUT', nth: 2, effect: refusal }]);
    expect(await causes()).toEqual([['large-body', 'body-limit', 'certain']]);
  });

  test('a proxy that cuts connections after some bytes is told, with how far it came', async () => {
    proxy.setWire({ end: { how: 'reset', of: 'requests', afterBytes: 1024 ** 2 } });
    const [cause] = causesOf(await diagnose());
    expect(cause).toMatchObject({ reason: 'large-body-cut', details: { sizeBytes: largeBytes, smallBytes: 1_024 } });
    expect(cause?.details['sentBytes']).toBeLessThan(largeBytes);
  });

  test('a line on which large bodies get stuck is told from one that is slow', async () => {
    // Time enough for what lies between to fill, also on a busy machine.
    proxy.setWire({ bytesPerSecond: 2 * 1024 ** 2 });
    expect(await causes({ 'large-body': 3 })).toEqual([['large-body', 'slow-line', 'likely']]);
    proxy.setWire({ end: { how: 'stall', of: 'requests', afterBytes: 64 * 1024 } });
    expect(await causes({ 'large-body': 3 })).toEqual([['large-body', 'large-body-stalled', 'likely']]);
  });

  test.each([200, 302, 407, 511])(
    'a sign-in page that answers %i in the place of storage never counts as sent',
    async (status) => {
      proxy.setHttp([{ method: 'PUT', effect: { kind: 'answer', status, contentType: 'text/html', body: page } }]);
      expect(await causes()).toEqual([['small-body', 'unexpected-answer', 'certain']]);
    },
  );

  test.each([
    [403, errorXml('RequestTimeTooSkewed'), 'clock-skew'],
    [403, errorXml('AccessDenied', '<Expires>2026-01-01T00:00:00Z</Expires>'), 'clock-skew'],
    [
      403,
      errorXml('AccessDenied', '<Message>not authorized to perform: kms:GenerateDataKey</Message>'),
      'storage-key-denied',
    ],
    [403, errorXml('QuotaExceeded'), 'storage-full'],
    [503, errorXml('SlowDown'), 'storage-unavailable'],
  ])('what storage refuses by %i %s is told by its cause', async (status, body, reason) => {
    proxy.setHttp([{ method: 'PUT', effect: { kind: 'answer', status, contentType: 'application/xml', body } }]);
    expect(await causes()).toEqual([['small-body', reason, 'certain']]);
  });

  test('storage that ends connections is told from one that says nothing', async () => {
    proxy.setWire({ end: { how: 'reset', afterBytes: 0 } });
    expect(await causes()).toEqual([['storage', 'storage-blocked', 'likely']]);
    proxy.setWire({ end: { how: 'stall', afterBytes: 0 } });
    expect(await causes({ storage: 0.3 })).toEqual([['storage', 'storage-silent', 'likely']]);
  });

  test('the clock of a device is compared with that of the server', async () => {
    const ahead = { now: () => new Date(Date.now() + 10 * 60_000) };
    const [cause] = causesOf(await diagnose({}, ahead));
    expect(cause).toMatchObject({ reason: 'device-clock-off', details: { direction: 'ahead' } });
    expect(Number(cause?.details['seconds'])).toBeCloseTo(600, -1);
  });
});

type Timeouts = NonNullable<Parameters<typeof diagnoseUpload>[0]['timeoutSeconds']>;

async function causes(timeoutSeconds: Timeouts = {}) {
  return causesOf(await diagnose(timeoutSeconds)).map(brief);
}

function brief({ check, reason, certainty }: ConnectionFinding) {
  return [check, reason, certainty];
}

function diagnose(timeoutSeconds: Timeouts = {}, changes: Partial<UploadSurroundings> = {}) {
  const surroundings: UploadSurroundings = {
    isOnline: () => true,
    now: () => new Date(),
    pageOrigin: api.url,
    siteFile: { url: `${api.url}/healthz`, contentType: 'application/json' },
    fetch: (url, init) => fetch(url, init),
    send: sendBodyWithHttp,
    askServer: signed,
    hasPolicyBlocked: async () => false,
    ...changes,
  };
  return diagnoseUpload({ surroundings, timeoutSeconds });
}

function put({ put: { url, headers } }: z.infer<typeof probe>, body: Uint8Array<ArrayBuffer>) {
  return fetch(url, { method: 'PUT', headers: { ...headers, origin: portalUrl }, body });
}

async function signed() {
  return dataOf(await client.mutate('uploads.signProbes'), word);
}

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
