import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent } from 'undici';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { storageFailure } from '../errors/storage-failure.ts';
import { fetchRange } from './fetch-range.ts';
import type { AnswerSource } from './http/answer.ts';
import { createSourcePool } from './http/source-pool.ts';

const object = Buffer.from('0123456789'.repeat(100));
const range = { from: 100, to: 299, etag: 'abc', sizeBytes: object.length };
const right = { 'content-range': 'bytes 100-299/1000', etag: '"abc"' };

let answer: (response: ServerResponse) => unknown;
const server = createServer((_, response) => void answer(response));
const agent = new Agent({ connections: 1 });
let origin = '';
let got: Buffer[];
let source: AnswerSource;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
});
beforeEach(() => {
  got = [];
});
afterAll(async () => {
  await agent.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function fetchIt(options: { signal?: AbortSignal; silenceSeconds?: number } = {}): Promise<void> {
  const space = Buffer.alloc(64);
  const sink = {
    isFull: false,
    isSatisfied: false,
    space: () => space,
    filled: (bytes: number) => void got.push(Buffer.from(space.subarray(0, bytes))),
    written: async () => {},
  };
  const { signal = new AbortController().signal, silenceSeconds = 5 } = options;
  await fetchRange(source, { origin, path: '/', headers: {} }, { range, sink, silenceSeconds, signal });
}

describe.each([
  ['a connection of our own', () => createSourcePool()],
  ["undici's dispatcher", () => createSourcePool(agent)],
])('%s', (_, createPool) => {
  beforeEach(() => {
    source = createPool().take();
  });
  afterEach(() => source.close());

  test('the bytes of the range are those that come', async () => {
    answer = (response) => response.writeHead(206, right).end(object.subarray(100, 300));
    await fetchIt();
    expect(Buffer.concat(got).equals(object.subarray(100, 300))).toBe(true);
  });

  test.each([
    ['all of the object, by a server that knows no ranges', 200, { etag: '"abc"' }, object],
    ['another range', 206, { ...right, 'content-range': 'bytes 0-199/1000' }, object.subarray(0, 200)],
    ['a range of another size', 206, { ...right, 'content-range': 'bytes 100-299/1001' }, object.subarray(100, 300)],
    ['a shorter range', 206, { ...right, 'content-range': 'bytes 100-199/1000' }, object.subarray(100, 200)],
    ['no word of what it is of', 206, { 'content-range': right['content-range'] }, object.subarray(100, 300)],
    ['no word of a range', 206, { etag: '"abc"' }, object.subarray(100, 300)],
    ['several ranges', 206, { etag: '"abc"', 'content-type': 'multipart/byteranges; boundary=x' }, object],
    ['fewer bytes than it says', 206, { ...right, 'content-length': '100' }, object.subarray(100, 200)],
    ['more bytes than it says', 206, { ...right, 'content-length': '201' }, object.subarray(100, 301)],
  ])('%s: refused before a byte of it is used', async (_, status, headers, body) => {
    answer = (response) => response.writeHead(status, headers).end(body);
    await expect(fetchIt()).rejects.toMatchObject({ code: 'unexpected-answer', retriable: false });
    expect(got).toEqual([]);
  });

  test.each([
    ['short', object.subarray(100, 299)],
    ['long', object.subarray(100, 301)],
  ])('an answer that is too %s without having said so is refused', async (_, body) => {
    answer = (response) => {
      response.writeHead(206, right);
      response.write(body.subarray(0, 10));
      response.end(body.subarray(10));
    };
    await expect(fetchIt()).rejects.toMatchObject({ code: 'unexpected-answer' });
    expect(Buffer.concat(got).length).toBeLessThanOrEqual(200);
  });

  test('an answer that breaks off is a connection that was lost, and what came is kept', async () => {
    answer = async (response) => {
      response.writeHead(206, { ...right, 'content-length': 200 });
      response.write(object.subarray(100, 150));
      await delay(50);
      response.destroy();
    };
    await expect(fetchIt().catch(codeOf)).resolves.toBe('network');
    expect(Buffer.concat(got).equals(object.subarray(100, 150))).toBe(true);
  });

  test('bytes of another object are none of this one', async () => {
    answer = (response) => response.writeHead(206, { ...right, etag: '"other"' }).end(object.subarray(100, 300));
    await expect(fetchIt()).rejects.toMatchObject({ code: 'object-changed', retriable: false });
    expect(got).toEqual([]);
  });

  test.each([
    [412, 'PreconditionFailed', 'object-changed', false],
    [404, 'NoSuchKey', 'object-changed', false],
    [404, 'NoSuchVersion', 'object-changed', false],
    [404, 'NoSuchBucket', 'no-such-bucket', false],
    [403, 'AccessDenied', 'access-denied', false],
    [400, 'ExpiredToken', 'expired-credentials', false],
    [503, 'SlowDown', 'slow-down', true],
    [418, 'NobodyKnowsThis', 'storage-refused', false],
  ])('a refusal says what S3 said: %i %s', async (status, awsCode, code, retriable) => {
    const xml = `<?xml version="1.0"?><Error><Code>${awsCode}</Code><Message>m</Message><RequestId>tx1</RequestId></Error>`;
    answer = (response) => response.writeHead(status, { 'content-type': 'application/xml' }).end(xml);
    await expect(fetchIt()).rejects.toMatchObject({ code, retriable, details: { status, awsCode, requestId: 'tx1' } });
  });

  test('a server that says nothing is given up', async () => {
    answer = () => undefined;
    await expect(fetchIt({ silenceSeconds: 0.2 }).catch(codeOf)).resolves.toBe('timeout');
  });

  test('an abort ends it with its own reason, and before it began too', async () => {
    const controller = new AbortController();
    answer = (response) => void response.writeHead(206, right).write(object.subarray(100, 110));
    const reason = new Error('stop');
    const running = fetchIt({ signal: controller.signal });
    setTimeout(() => controller.abort(reason), 50);
    await expect(running).rejects.toBe(reason);
    await expect(fetchIt({ signal: controller.signal })).rejects.toBe(reason);
  });
});

function codeOf(error: unknown): string {
  return storageFailure(error).code;
}
