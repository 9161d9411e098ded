import { createHash, randomBytes } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clientFor } from '../../test/client-for.ts';
import { openUploadServer, type UploadServer } from '../../test/upload-server.ts';
import { uploadObject } from './upload-object.ts';
import type { UploadOptions } from './upload-options.ts';

const partSizeBytes = 5 * 1024 ** 2;
const content = randomBytes(2 * partSizeBytes + 1_000);
const vector = Buffer.from('123456789');

let server: UploadServer;
let client: S3Client;

beforeAll(async () => {
  server = await openUploadServer();
  client = clientFor({ endpoint: server.endpoint, region: 'us-east-1', accessKeyId: 'x', secretAccessKey: 'x' }, 1);
});
beforeEach(() => {
  server.damageNext = () => false;
  server.isEncrypted = false;
  server.loseAnswer = undefined;
});
afterAll(async () => {
  client.destroy();
  await server.close();
});

async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
const upload = (bytes: Uint8Array, options: UploadOptions) =>
  uploadObject(client, { bucket: 'bucket', key: 'key' }, { stream: streamOf(bytes) }, { partSizeBytes, ...options });

const once = (fits: (request: { method: string; url: string }) => boolean) => {
  let isDone = false;
  server.damageNext = (request) => {
    const isNow = !isDone && fits(request);
    isDone ||= isNow;
    return isNow;
  };
};

// The check values of https://reveng.sourceforge.io/crc-catalogue/ and the digest of FIPS 180-4.
test.each([
  ['crc64nvme', 'ae8b14860a799888'],
  ['crc32c', 'e3069283'],
  ['sha256', createHash('sha256').update(vector).digest('hex')],
] as const)('%s of a vector is sent and kept as %s', async (checksum, hex) => {
  const { checksum: sent } = await upload(vector, { checksum });
  expect(sent).toEqual({ algorithm: checksum, value: Buffer.from(hex, 'hex').toString('base64') });
  expect(server.objects.get('/bucket/key')).toMatchObject({ algorithm: checksum, checksum: sent.value });
});

describe.each(['crc64nvme', 'crc32c', 'sha256'] as const)('%s', (checksum) => {
  test('of an object in parts is that of the whole where S3 keeps such, else that of the parts', async () => {
    const { checksum: sent, sha256 } = await upload(content, { checksum });
    const stored = server.objects.get('/bucket/key');
    expect(stored?.bytes.equals(content)).toBe(true);
    expect(sha256).toBe(createHash('sha256').update(content).digest('base64'));
    if (checksum === 'sha256') expect(sent.value).toMatch(/-3$/);
    else expect(stored?.checksum).toBe(sent.value);
  });

  test.each([
    ['one PUT', 1_000],
    ['a part', content.length],
  ])('bytes that were damaged on their way are sent again: %s', async (_, sizeBytes) => {
    once(({ method }) => method === 'PUT');
    const retried: string[] = [];
    const bytes = content.subarray(0, sizeBytes);
    await upload(bytes, { checksum, onRetry: ({ error }) => retried.push(error.code) });
    expect(retried).toEqual(['checksum-mismatch']);
    expect(server.objects.get('/bucket/key')?.bytes.equals(bytes)).toBe(true);
  });

  describe('where the last answer got lost and ETags are no digests', () => {
    beforeEach(() => {
      server.isEncrypted = true;
    });

    test('the checksum tells that it is there', async () => {
      server.loseAnswer = () => undefined;
      const { partCount, sizeBytes } = await upload(content, { checksum });
      expect([partCount, sizeBytes]).toEqual([3, content.length]);
    });

    test.each([
      ['something else', (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64')],
      ['something without a checksum', () => undefined],
    ])('%s of the same size is not taken for it', async (_, checksumOfOther) => {
      server.loseAnswer = () => {
        const bytes = Buffer.alloc(content.length);
        const other = { bytes, algorithm: checksum, checksum: checksumOfOther(bytes), etag: 'another' };
        server.objects.set('/bucket/key', other);
      };
      await expect(upload(content, { checksum })).rejects.toMatchObject({ code: 'not-as-sent' });
    });
  });

  test('parts that are there by their checksum are not sent again', async () => {
    let uploadId = '';
    const controller = new AbortController();
    const options = { checksum, keepParts: true, connections: 1, signal: controller.signal };
    const aborted = upload(content, {
      ...options,
      onBegun: (id) => (uploadId = id),
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(aborted).rejects.toThrow('enough');
    const { resumedBytes } = await upload(content, { checksum, resume: { uploadId } });
    expect(resumedBytes).toBeGreaterThanOrEqual(partSizeBytes);
    expect(server.objects.get('/bucket/key')?.bytes.equals(content)).toBe(true);
  });
});
