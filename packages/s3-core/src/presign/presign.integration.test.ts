import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CreateMultipartUploadCommand, ListPartsCommand } from '@aws-sdk/client-s3';
import { seededRandom, type SeededRandom } from '@hikyaku/local-cloud/fault-proxy';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';
import { completeMultipartUpload } from '../complete-multipart-upload.ts';
import { findObject, unquoted } from '../find-object.ts';
import { presignDated } from './presign-dated.ts';
import { presignGet } from './presign-get.ts';
import { presignPart } from './presign-part.ts';
import { presignPost } from './presign-post.ts';
import { presignPut } from './presign-put.ts';

let house: TestBucket;

beforeAll(async () => {
  house = await openTestBucket();
});
afterAll(() => house.close());

const content = randomBytes(2_000);
const digest = {
  md5: createHash('md5').update(content).digest('base64'),
  sha256: createHash('sha256').update(content).digest('base64'),
};
/** What a browser or curl sends: the length is set by the HTTP stack. */
const send = (url: string, put: { method?: string; headers?: Record<string, string>; body?: Uint8Array | null } = {}) =>
  fetch(url, { method: 'GET', ...put, redirect: 'error' });

describe('a signed GET', () => {
  test('reads one version, under any name in any script', async () => {
    await house.put('売上/11月 "速報".csv', content);
    const { bucket } = house;
    const head = await findObject(house.s3, { bucket, key: '売上/11月 "速報".csv' });
    await house.put('売上/11月 "速報".csv', Buffer.from('later'));
    const object = { bucket, key: '売上/11月 "速報".csv', versionId: head?.versionId ?? '' };
    const fileName = '飛脚 "11月" 🏃.csv';
    const { url, limitedBy, expiresAt } = await presignGet(
      house.s3,
      { ...object, fileName, contentType: 'text/csv' },
      60,
    );
    const answer = await send(url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('text/csv');
    const disposition = answer.headers.get('content-disposition') ?? '';
    expect(decodeURIComponent(disposition.split("filename*=UTF-8''")[1] ?? '')).toBe(fileName);
    expect(limitedBy).toBe('requested');
    expect(Math.abs(expiresAt.getTime() - Date.now() - 60_000)).toBeLessThan(5_000);
  });

  test('is refused when its time is over', async () => {
    await house.put('short', content);
    const { url } = await presignGet(house.s3, { bucket: house.bucket, key: 'short' }, 1);
    expect((await send(url)).status).toBe(200);
    await delay(2_100);
    expect((await send(url)).status).toBe(403);
  });
});

async function signedOf(options: { pattern: string; from: string; to: string }) {
  const found = [];
  for await (const one of presignDated(house.s3, { bucket: house.bucket, ...options }, 60)) found.push(one);
  return found;
}

describe('objects of some days', () => {
  test('are signed at once, by day, over the end of a month and of a leap February', async () => {
    const days = ['2028/02/28', '2028/02/29', '2028/03/01', '2028/03/02'];
    for (const day of days) await house.put(`sales/${day}/売上.csv`, Buffer.from(day));
    await house.put('sales/2028/02/29/b.csv', Buffer.from('b'));
    const found = await signedOf({ pattern: 'sales/{yyyy}/{MM}/{dd}/', from: '2028-02-28', to: '2028-03-01' });
    expect(found.map(({ day, key }) => [day, key])).toEqual([
      ['2028-02-28', 'sales/2028/02/28/売上.csv'],
      ['2028-02-29', 'sales/2028/02/29/b.csv'],
      ['2028-02-29', 'sales/2028/02/29/売上.csv'],
      ['2028-03-01', 'sales/2028/03/01/売上.csv'],
    ]);
    expect(await (await send(found[3]?.url ?? '')).text()).toBe('2028/03/01');
    expect(await signedOf({ pattern: 'none/{yyyy}{MM}{dd}', from: '2028-02-28', to: '2028-02-28' })).toEqual([]);
  });

  test.each([
    ['2026-02-30', '2026-03-01', '{yyyy}{MM}{dd}'],
    ['2026-03-01', '2026-02-01', '{yyyy}{MM}{dd}'],
    ['0001-01-01', '2026-01-01', '{yyyy}{MM}{dd}'],
    ['2026-03-01', '2026-03-01', '{yyyy}/{MM}'],
    ['yesterday', 'today', '{yyyy}{MM}{dd}'],
  ])('from %s to %s by %s is refused', async (from, to, pattern) => {
    await expect(signedOf({ pattern, from, to })).rejects.toThrow(RangeError);
  });
});

describe('a signed form', () => {
  const form = async (key: string, fields: Record<string, string> = {}, body: Uint8Array = content) => {
    const signed = await presignPost(
      house.s3,
      { bucket: house.bucket, key, contentType: 'text/csv', sizeBytes: { least: 1_000, most: 3_000 } },
      60,
    );
    const data = new FormData();
    for (const [name, value] of Object.entries({ ...signed.fields, ...fields })) data.set(name, value);
    data.set('file', new Blob([new Uint8Array(body)]), 'their name.csv');
    return fetch(signed.url, { method: 'POST', body: data });
  };

  test('writes one object of an allowed size', async () => {
    expect((await form('form/ok.csv')).status).toBe(204);
    expect(await findObject(house.s3, { bucket: house.bucket, key: 'form/ok.csv' })).toMatchObject({
      sizeBytes: 2_000,
    });
  });

  test.each([
    ['another key', { key: 'form/other' }, content],
    ['another type', { 'Content-Type': 'text/html' }, content],
    ['another policy', { Policy: Buffer.from('{}').toString('base64') }, content],
    ['a field that was not signed', { acl: 'public-read' }, content],
    ['too few bytes', {}, content.subarray(0, 999)],
    ['too many bytes', {}, Buffer.concat([content, content])],
  ])('refuses %s', async (_what, fields, body) => {
    const answer = await form('form/refused', fields, body);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    for (const key of ['form/refused', 'form/other']) {
      expect(await findObject(house.s3, { bucket: house.bucket, key })).toBeUndefined();
    }
  });

  test('is not made for a key in which S3 would put a name of the sender', async () => {
    await expect(form('form/${filename}')).rejects.toMatchObject({ code: 'invalid-object-name' });
  });
});

describe('whatever of a signed request is changed, it is refused and nothing is written', () => {
  const seed = 20261122;

  test('a GET', async () => {
    await house.put('attacked', content);
    const { url } = await presignGet(house.s3, { bucket: house.bucket, key: 'attacked' }, 60);
    await refusesAll(seed, { method: 'GET', url, headers: {}, body: null });
    expect((await send(url)).status).toBe(200);
  });

  test('a PUT', async () => {
    const object = { bucket: house.bucket, key: 'new', contentType: 'text/csv', sizeBytes: content.length };
    const signed = await presignPut(house.s3, { ...object, digest }, 60);
    await refusesAll(seed + 1, { method: 'PUT', ...signed, body: content });
    expect(await findObject(house.s3, object)).toBeUndefined();
    const put = () => send(signed.url, { method: 'PUT', headers: signed.headers, body: content });
    // The gateway refuses it a second time where it keeps no versions; AWS always does.
    await house.keepVersions(false);
    expect((await put()).status).toBe(200);
    expect((await put()).status).toBe(412);
    await house.keepVersions(true);
  });

  test('a part', async () => {
    const object = { Bucket: house.bucket, Key: 'in-parts' };
    const { UploadId = '' } = await house.s3.send(new CreateMultipartUploadCommand(object));
    const upload = { bucket: object.Bucket, key: object.Key, id: UploadId };
    const part = { partNumber: 1, sizeBytes: content.length, digest };
    const signed = await presignPart(house.s3, upload, part, 60);
    await refusesAll(seed + 2, { method: 'PUT', ...signed, body: content });
    const { Parts = [] } = await house.s3.send(new ListPartsCommand({ ...object, UploadId }));
    expect(Parts).toEqual([]);
    const put = () => send(signed.url, { method: 'PUT', headers: signed.headers, body: content });
    const etag = (await put()).headers.get('etag') ?? '';
    await completeMultipartUpload(house.s3, upload, [{ partNumber: 1, etag: unquoted(etag), sha256: digest.sha256 }]);
    expect((await put()).status).toBe(404);
    const head = await findObject(house.s3, { bucket: house.bucket, key: 'in-parts' });
    expect(head?.sizeBytes).toBe(content.length);
  });

  test('three hundred times and more', () => expect(refusals).toBeGreaterThanOrEqual(300));
});

let refusals = 0;

interface Request {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
}

async function refusesAll(seed: number, signed: Request): Promise<void> {
  const random = seededRandom(seed);
  for (let round = 0; round < 4; round += 1) {
    for (const [what, request] of attacksOn(random, signed)) {
      const { status } = await send(request.url, request);
      expect(status, `seed ${seed}, round ${round}: ${what}`).toBeGreaterThanOrEqual(400);
      refusals += 1;
    }
  }
}

/** Each changes one thing of what was signed. */
function attacksOn(random: SeededRandom, signed: Request): [what: string, request: Request][] {
  const names = [...new URL(signed.url).searchParams.keys()];
  const withField = (name: string, change: (value: string) => string | undefined): Request => {
    const url = new URL(signed.url);
    const value = change(url.searchParams.get(name) ?? '');
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    return { ...signed, url: url.href };
  };
  const withHeaders = (headers: Record<string, string>): Request => ({ ...signed, headers });
  const elsewhere = new URL(signed.url);
  elsewhere.pathname += 'x';
  const { body } = signed;
  return [
    ...names.map(
      (name) => [`${name} flipped`, withField(name, (value) => flipped(random, value))] as [string, Request],
    ),
    ...names.map((name) => [`${name} left out`, withField(name, () => undefined)] as [string, Request]),
    ['a longer life', withField('X-Amz-Expires', () => '604800')],
    ['another key', { ...signed, url: elsewhere.href }],
    ...['GET', 'PUT', 'DELETE', 'POST', 'HEAD']
      .filter((method) => method !== signed.method)
      .map(
        (method) =>
          [`as ${method}`, { ...signed, method, body: method === 'GET' || method === 'HEAD' ? null : body }] as [
            string,
            Request,
          ],
      ),
    ...Object.entries(signed.headers).flatMap(([name, value]): [string, Request][] => {
      const { [name]: _left, ...others } = signed.headers;
      return [
        [`${name} flipped`, withHeaders({ ...signed.headers, [name]: flipped(random, value) })],
        [`${name} left out`, withHeaders(others)],
      ];
    }),
    ...(body === null
      ? []
      : ([
          ['a longer body', { ...signed, body: Buffer.concat([body, Buffer.from('x')]) }],
          ['a shorter body', { ...signed, body: body.subarray(1) }],
          ['another body', { ...signed, body: Buffer.from(body).fill(random.integer(0, 255), 0, 10) }],
        ] satisfies [string, Request][])),
  ];
}

/** One character is another one of its kind, so that the value still looks like what it should be. */
function flipped(random: SeededRandom, value: string): string {
  const at = random.integer(0, value.length - 1);
  const was = value[at] ?? '';
  const kind = /[0-9]/.test(was) ? '0123456789' : /[a-f]/.test(was) ? 'abcdef' : 'GHIJKLMN';
  const others = Array.from(kind).filter((character) => character !== was);
  return value.slice(0, at) + (others[random.integer(0, others.length - 1)] ?? '') + value.slice(at + 1);
}
