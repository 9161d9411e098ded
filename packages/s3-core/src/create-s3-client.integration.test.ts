import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { type FaultProxy, openFaultProxy } from '@hikyaku/local-cloud/fault-proxy';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestBucket, type TestBucket } from '../test/test-bucket.ts';
import { createS3Client } from './create-s3-client.ts';

let house: TestBucket;
let proxy: FaultProxy;

beforeAll(async () => {
  house = await openTestBucket();
  await house.put('object', Buffer.from('x'));
  proxy = await openFaultProxy({ target: { host: house.host, port: house.port } });
  // From the environment, as everywhere.
  vi.stubEnv('AWS_ACCESS_KEY_ID', house.account.owner.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', house.account.owner.secretAccessKey);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await proxy.close();
  await house.close();
});

test.each([1, 3])(
  'no more connections than %i, however many requests, and they are used again',
  async (maxConnections) => {
    const endpoint = `http://127.0.0.1:${proxy.port}`;
    const client = createS3Client({ region: house.account.region, endpoint, forcePathStyle: true, maxConnections });
    const before = proxy.statistics().connections;
    for (let round = 0; round < 3; round += 1) {
      const requests = Array.from({ length: 20 }, () =>
        client.send(new HeadObjectCommand({ Bucket: house.bucket, Key: 'object' })),
      );
      await Promise.all(requests);
    }
    expect(proxy.statistics().connections - before).toBe(maxConnections);
    client.destroy();
  },
);
