import { createServer } from 'node:http';
import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listVersions } from './list/list-versions.ts';
import { refuseSilentAnswers } from './refuse-silent-answers.ts';

const answer = '<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>';
let requests = 0;
/** How many answers stop in the middle before one is whole. */
let silent = 0;

const server = createServer((_, response) => {
  requests += 1;
  response.writeHead(200, { 'content-type': 'application/xml', 'content-length': answer.length });
  if (requests > silent) response.end(answer);
  else response.write(answer.slice(0, 20));
});
let client: S3Client;

beforeEach(async () => {
  requests = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  client = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
    forcePathStyle: true,
    maxAttempts: 3,
  });
  refuseSilentAnswers(client, 0.1);
});
afterEach(async () => {
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const list = () => listVersions(client, { bucket: 'bucket', prefix: 'incoming/' });

test('an answer that stops in the middle is given up and asked for again', async () => {
  silent = 1;
  expect(await list()).toEqual({ versions: [], next: undefined });
  expect(requests).toBe(2);
});

test('answers that all stop are storage that is away', async () => {
  silent = Infinity;
  await expect(list()).rejects.toMatchObject({ code: 'storage-unavailable', retriable: true });
});
