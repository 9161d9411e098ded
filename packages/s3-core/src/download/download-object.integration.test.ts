import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type FaultProxy, type HttpEffect, openFaultProxy, s3Answer } from '@hikyaku/local-cloud/fault-proxy';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientFor } from '../../test/client-for.ts';
import { openTestBucket, type TestBucket } from '../../test/test-bucket.ts';
import { downloadObject, type DownloadOptions } from './index.ts';

const mebibyte = 1024 ** 2;
const rangeBytes = 256 * 1024;
const bytes = randomBytes(2 * mebibyte + 17);

let bucket: TestBucket;
let proxy: FaultProxy;
/** Through the proxy. */
let s3: S3Client;
let folder: string;
let target: string;

beforeAll(async () => {
  bucket = await openTestBucket();
  proxy = await openFaultProxy({ target: { host: bucket.host, port: bucket.port }, http: true });
  s3 = clientFor(bucket.access(proxy.port));
  await bucket.put('object', bytes);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-download-'));
  target = join(folder, 'target');
});
afterEach(async () => {
  proxy.heal();
  await rm(folder, { recursive: true, force: true });
});
afterAll(async () => {
  s3.destroy();
  await proxy.close();
  await bucket.close();
});

const download = (options: DownloadOptions = {}, key = 'object') =>
  downloadObject(s3, { bucket: bucket.bucket, key }, target, { rangeBytes, ...options });

/** What happens to GETs of ranges, and not to the HEAD before them. */
const getFault = (effect: HttpEffect, nth?: number) =>
  proxy.setHttp([{ method: 'GET', effect, ...(nth === undefined ? {} : { nth, times: 1 }) }]);

describe('what is downloaded', () => {
  test.each([0, 1, rangeBytes - 1, rangeBytes, rangeBytes + 1, 5 * rangeBytes])(
    'is the object, byte for byte: %i bytes',
    async (size) => {
      const body = randomBytes(size);
      await bucket.put(`size-${size}`, body);
      const heard: number[] = [];
      const onProgress = ({ receivedBytes }: { receivedBytes: number }) => heard.push(receivedBytes);
      const { verified, fetchedBytes } = await download({ onProgress }, `size-${size}`);
      expect((await readFile(target)).equals(body)).toBe(true);
      expect(verified).toMatchObject({ by: 'etag', algorithm: 'md5' });
      expect(fetchedBytes).toBe(size);
      if (size > 0) expect(heard.at(-1)).toBe(size);
      expect(await readdir(folder)).toEqual(['target']);
    },
  );

  test('is verified part by part where it was sent in parts, by a plan that is known or guessed', async () => {
    const body = randomBytes(5.5 * mebibyte);
    await bucket.putInParts('parts', body, 5 * mebibyte);
    const parts = { rangeBytes: 8 * mebibyte };
    const guessed = await download(parts, 'parts');
    expect(guessed.verified).toMatchObject({ by: 'etag', digest: expect.stringMatching(/-2$/) });
    const known = { partSizeBytes: 5 * mebibyte };
    expect((await download({ ...parts, known }, 'parts')).verified).toEqual(guessed.verified);
    expect((await readFile(target)).equals(body)).toBe(true);
    await expect(download({ ...parts, known: { partSizeBytes: 3 * mebibyte } }, 'parts')).rejects.toMatchObject({
      code: 'checksum-mismatch',
    });
    await bucket.putInParts('odd-parts', body, 5.25 * mebibyte);
    await expect(download(parts, 'odd-parts')).rejects.toMatchObject({ code: 'not-verifiable' });
    const unverified = await download({ ...parts, acceptUnverified: true }, 'odd-parts');
    expect(unverified.verified).toBeUndefined();
    expect((await readFile(target)).equals(body)).toBe(true);
  });

  test('is compared with a digest that came another way', async () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect((await download({ known: { sha256 } })).verified).toEqual({
      by: 'expected',
      algorithm: 'sha256',
      digest: sha256,
    });
    const other = createHash('sha256').update(sha256).digest('hex');
    await expect(download({ known: { sha256: other } })).rejects.toMatchObject({
      code: 'checksum-mismatch',
    });
    // What was there before is still there, and nothing beside it.
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(['target']);
  });

  test('takes the place of what was there in one step, and two at once do no harm', async () => {
    await writeFile(target, 'before');
    const runs = await Promise.all([download(), download(), download({ connections: 1 })]);
    expect(runs.every(({ verified }) => verified)).toBe(true);
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(['target']);
  });

  test('is left alone while another run for the same place begins and ends', async () => {
    proxy.setWire({ bytesPerSecond: mebibyte });
    let other: Promise<unknown> | undefined;
    const onProgress = () => {
      proxy.heal();
      other ??= download();
    };
    const { fetchedBytes } = await download({ onProgress, connections: 1 });
    expect(await other).toMatchObject({ fetchedBytes: bytes.length, resumedBytes: 0 });
    expect(fetchedBytes).toBe(bytes.length);
    expect(await readdir(folder)).toEqual(['target']);
  });
});

describe('a wrong answer', () => {
  test.each<[string, HttpEffect, string]>([
    ['one bit of one byte', { kind: 'corrupt-byte', at: 0 }, 'checksum-mismatch'],
    ['200 and all of the object', { kind: 'ignore-range' }, 'unexpected-answer'],
    ['another status that is no refusal', { kind: 'answer', status: 204, body: '' }, 'unexpected-answer'],
    [
      '206 and no word of which range',
      { kind: 'answer', status: 206, body: 'x'.repeat(rangeBytes) },
      'unexpected-answer',
    ],
  ])('%s: an error, and no file of that name', async (_, effect, code) => {
    getFault(effect, 3);
    await expect(download()).rejects.toMatchObject({ code });
    expect((await readdir(folder)).filter((name) => !name.startsWith('.hikyaku-'))).toEqual([]);
    // Whatever was left does no harm to the next run.
    proxy.heal();
    await download();
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(['target']);
  });

  test('what cannot change is asked once', async () => {
    const body = '<Error><Code>AccessDenied</Code><RequestId>tx9</RequestId></Error>';
    getFault({ kind: 'answer', status: 403, contentType: 'application/xml', body });
    const before = proxy.statistics().requests;
    await expect(download({ connections: 1 })).rejects.toMatchObject({
      code: 'access-denied',
      retriable: false,
      details: { requestId: 'tx9' },
    });
    expect(proxy.statistics().requests - before).toBe(2);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['no such object', 'nothing', 'no-such-key'],
    ['a key beyond all length', 'x'.repeat(1_025), 'storage-refused'],
  ])('%s', async (_, key, code) => {
    await expect(download({}, key)).rejects.toMatchObject({ code });
  });

  test('a target that can not be written is told as such, and nothing is left', async () => {
    await expect(
      downloadObject(s3, { bucket: bucket.bucket, key: 'object' }, join(folder, 'no', 'x')),
    ).rejects.toMatchObject({
      code: 'target-unusable',
      retriable: false,
    });
    await mkdir(join(target, 'full'), { recursive: true });
    await expect(download()).rejects.toMatchObject({ code: 'target-unusable' });
  });
});

describe('a connection', () => {
  test.each<[string, HttpEffect]>([
    ['reset', { kind: 'reset', afterBytes: 100_000 }],
    ['closed', { kind: 'close', afterBytes: 1 }],
    ['silent', { kind: 'stall', afterBytes: 200_000 }],
    ['answered with 503', s3Answer(503)],
    ['answered with 500', s3Answer(500)],
  ])('that is %s is begun again where it ended', async (_, effect) => {
    proxy.setHttp([{ method: 'GET', effect, times: 3 }]);
    const retried: string[] = [];
    const { fetchedBytes } = await download({
      silenceSeconds: 1,
      onRetry: ({ error }) => retried.push(error.code),
    });
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(retried).toHaveLength(3);
    expect(fetchedBytes).toBe(bytes.length);
  });

  test('that never gets better is given up, and what came is there for the next run', async () => {
    getFault({ kind: 'reset', afterBytes: 0 });
    const given: string[] = [];
    const options = { mostTries: 2, onGiveUp: ({ error }: { error: { code: string } }) => given.push(error.code) };
    await expect(download(options)).rejects.toMatchObject({ code: 'network', retriable: true });
    expect(given).not.toEqual([]);
    // Nothing came, so nothing is kept.
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an abort', () => {
  test('ends with its own reason, and the next run fetches at most one range of each connection again', async () => {
    const connections = 2;
    const controller = new AbortController();
    const reason = new Error('enough');
    proxy.setWire({ bytesPerSecond: 2 * mebibyte });
    const onProgress = ({ receivedBytes }: { receivedBytes: number }) => {
      if (receivedBytes > mebibyte) controller.abort(reason);
    };
    const signal = controller.signal;
    await expect(download({ connections, signal, onProgress })).rejects.toBe(reason);
    expect((await readdir(folder)).toSorted()).toEqual([
      expect.stringMatching(/^\.hikyaku-.*\.journal$/),
      expect.stringMatching(/^\.hikyaku-.*\.part$/),
    ]);
    proxy.heal();
    const { fetchedBytes, resumedBytes } = await download({ connections });
    expect(fetchedBytes + resumedBytes).toBe(bytes.length);
    expect(resumedBytes).toBeGreaterThanOrEqual(mebibyte - connections * rangeBytes);
    expect((await readFile(target)).equals(bytes)).toBe(true);
    expect(await readdir(folder)).toEqual(['target']);
  });

  test('before it began sends nothing', async () => {
    await expect(download({ signal: AbortSignal.abort(new Error('no')) })).rejects.toThrow('no');
    expect(await readdir(folder)).toEqual([]);
  });
});

/** Overwrites it, or whatever, once some of it has come; its connections break, so that the rest is asked for after that. */
async function downloadWhile(change: () => Promise<unknown>) {
  let changing: Promise<unknown> | undefined;
  const onProgress = () => {
    changing ??= change();
  };
  proxy.setWire({ bytesPerSecond: 2 * mebibyte, end: { how: 'reset', afterBytes: 400_000 } });
  const options = { rangeBytes: 64 * 1024, connections: 2, onProgress };
  const running = downloadObject(s3, { bucket: bucket.bucket, key: 'changing' }, target, options);
  await Promise.allSettled([running]);
  await changing;
  return running;
}

describe('an object that is overwritten while it is read', () => {
  afterEach(() => bucket.keepVersions(true));

  test('is never a mixed file: where no versions are kept it is an error', async () => {
    await bucket.keepVersions(false);
    await bucket.put('changing', bytes);
    const other = randomBytes(bytes.length);
    const overwritten = downloadWhile(() => bucket.put('changing', other));
    await expect(overwritten).rejects.toMatchObject({ code: 'object-changed', retriable: false });
    expect(await readdir(folder)).toEqual([]);
    const remove = () => bucket.s3.send(new DeleteObjectCommand({ Bucket: bucket.bucket, Key: 'changing' }));
    await expect(downloadWhile(remove)).rejects.toMatchObject({ code: 'object-changed' });
    expect(await readdir(folder)).toEqual([]);
  });

  test('is the version that was there at the beginning, whole, where versions are kept', async () => {
    await bucket.put('changing', bytes);
    const { versionId } = await downloadWhile(() => bucket.put('changing', Buffer.from('new')));
    expect((await readFile(target)).equals(bytes)).toBe(true);
    await download({}, 'changing');
    expect(String(await readFile(target))).toBe('new');
    await downloadObject(s3, { bucket: bucket.bucket, key: 'changing', versionId }, target);
    expect((await readFile(target)).equals(bytes)).toBe(true);
  });

  test('between two runs begins anew, and the old bytes are gone', async () => {
    await bucket.keepVersions(false);
    await bucket.put('changing', bytes);
    const stopped = downloadWhile(async () => proxy.setHttp([{ effect: s3Answer(500) }]));
    await expect(stopped).rejects.toMatchObject({ code: 'internal' });
    expect(await readdir(folder)).toHaveLength(2);
    proxy.heal();
    await bucket.put('changing', Buffer.from('new'));
    const { resumedBytes } = await downloadObject(s3, { bucket: bucket.bucket, key: 'changing' }, target);
    expect(resumedBytes).toBe(0);
    expect(String(await readFile(target))).toBe('new');
    expect(await readdir(folder)).toEqual(['target']);
  });
});
