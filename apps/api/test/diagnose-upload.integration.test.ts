import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { testCloud } from '@hikyaku/local-cloud/testing';
import type { ConnectionFinding } from '@hikyaku/types';
import { causesOf, connectionChecks, diagnoseUpload, type UploadSurroundings } from '@hikyaku/upload-client/diagnosis';
import { sendBodyWithHttp } from '@hikyaku/upload-client/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiClient, dataOf } from './api-client.ts';
import { testApi, type TestApi } from './test-api.ts';

const page = '<!doctype html><html><body>Not today</body></html>';
const errorXml = (code: string, more = '') => `<?xml version="1.0"?><Error><Code>${code}</Code>${more}</Error>`;
const largeBytes = 16 * 1024 ** 2;

const probe = z.object({
  sizeBytes: z.int(),
  put: z.object({ url: z.url(), headers: z.record(z.string(), z.string()), expiresAt: z.string() }),
});
const word = z.object({ serverTime: z.string(), storageAnswers: z.boolean(), small: probe, large: probe });

let api: TestApi;
let client: ApiClient;
/** Between those who send and storage. */
let proxy: FaultProxy;

beforeAll(async () => {
  const { hostname, port } = new URL(testCloud().s3?.endpoint ?? '');
  proxy = await openFaultProxy({ target: { host: hostname, port: Number(port) }, http: true });
  api = await testApi({ S3_BROWSER_ENDPOINT: `http://127.0.0.1:${proxy.port}` });
  client = await api.signIn(await api.makeMember(await api.makeOrganization(), 'uploader'));
});
afterEach(() => proxy.heal());
afterAll(async () => {
  await api.close();
  await proxy.close();
});

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
  proxy.setWire({ bytesPerSecond: 2 * 1024 ** 2 });
  expect(await causes({ 'large-body': 2 })).toEqual([['large-body', 'slow-line', 'certain']]);
  proxy.setWire({ end: { how: 'stall', of: 'requests', afterBytes: 64 * 1024 } });
  expect(await causes({ 'large-body': 1 })).toEqual([['large-body', 'large-body-stalled', 'likely']]);
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
    askServer: async () => dataOf(await client.mutate('uploads.signProbes'), word),
    hasPolicyBlocked: async () => false,
    ...changes,
  };
  return diagnoseUpload({ surroundings, timeoutSeconds });
}
