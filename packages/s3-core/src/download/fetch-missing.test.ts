import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ChecksumServer, openChecksumServer } from '../../test/checksum-server.ts';
import { clientFor } from '../../test/client-for.ts';
import { downloadObject } from './download-object.ts';

const rangeBytes = 64 * 1024;
const body = randomBytes(8 * rangeBytes);
const etag = createHash('md5').update(body).digest('hex');

let folder: string;
let server: ChecksumServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-fetch-'));
  server = await openChecksumServer({ body, etag, headers: {} });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

test('a connection that is silent when all is there that others have not taken over is not waited for', async () => {
  server.object.send = (response, bytes, from) => {
    // The first brings one range of its four, and nothing after it.
    if (from === 0) response.write(bytes.subarray(0, rangeBytes));
    else setTimeout(() => response.end(bytes), 400);
  };
  const client = clientFor(
    { endpoint: server.endpoint, region: 'us-east-1', accessKeyId: 'x', secretAccessKey: 'x' },
    1,
  );
  const target = join(folder, 'target');
  const begun = performance.now();
  await downloadObject(client, { bucket: 'bucket', key: 'key' }, target, {
    connections: 2,
    rangeBytes,
    silenceSeconds: 10,
    mostTries: 1,
  });
  expect(performance.now() - begun).toBeLessThan(8_000);
  expect((await readFile(target)).equals(body)).toBe(true);
  client.destroy();
});
