import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readEnvironment } from '../env.ts';
import { openStorage } from './open-storage.ts';

const object = { Bucket: 'bucket', Key: 'key' };
const mebibyte = 1024 ** 2;
const silenceSeconds = 0.5;

let server: Server;
let requests: number;
let serve: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  requests = 0;
  server = createServer((request, response) => {
    requests += 1;
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'none');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'none');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function open(isSending: boolean) {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const environment = readEnvironment({ AWS_REGION: 'x', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
  return openStorage(environment, {}, { isSending, silenceSeconds });
}

test.each([false, true])(
  'storage that says nothing is asked again, and waited for no longer (sending: %s)',
  async (isSending) => {
    serve = (request, response) => {
      request.resume();
      if (requests > 1) response.end();
    };
    await using storage = await open(isSending);
    const body = Buffer.alloc(mebibyte);
    await storage.s3.send(isSending ? new PutObjectCommand({ ...object, Body: body }) : new HeadObjectCommand(object));
    expect(requests).toBe(2);
  },
);

test('what goes up slowly is not silent', async () => {
  let received = 0;
  const read = async (request: IncomingMessage, response: ServerResponse) => {
    for await (const piece of request) {
      received += piece.length;
      // The last of it lies between the two already.
      if (received < 18 * mebibyte) await delay(5);
    }
    response.end();
  };
  serve = (request, response) => void read(request, response).catch(() => undefined);
  await using storage = await open(true);
  const begun = performance.now();
  await storage.s3.send(new PutObjectCommand({ ...object, Body: Buffer.alloc(24 * mebibyte) }));
  expect(performance.now() - begun).toBeGreaterThan(silenceSeconds * 1_000);
  expect(requests).toBe(1);
});
