import { createServer, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createV1Client } from './v1-client.ts';

let server: Server;
let asked: string[];
let answer: (response: ServerResponse) => unknown;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function open(timeoutMilliseconds = 1_000, mostTries = 1) {
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const { signal } = new AbortController();
  return createV1Client({ login: { url, token: 't' }, locale: 'en', fetch, signal, mostTries, timeoutMilliseconds });
}

async function write(response: ServerResponse, pieces: number): Promise<void> {
  for (let count = 0; count < pieces; count += 1) {
    response.write('1,2\n');
    await delay(60);
  }
}

test('refused lines come whole, however long that takes in all', async () => {
  answer = (response) => write(response, 12).then(() => response.end());
  const lines = await Array.fromAsync(await open(600).openRejects('u1'));
  expect(Buffer.concat(lines).toString()).toBe('1,2\n'.repeat(12));
});

test('refused lines may be written down slowly', async () => {
  answer = (response) => response.end('x'.repeat(1_000_000));
  let bytes = 0;
  for await (const piece of await open(600).openRejects('u1')) {
    bytes += piece.length;
    if (bytes === piece.length) await delay(700);
  }
  expect(bytes).toBe(1_000_000);
});

test.each<[string, (response: ServerResponse) => unknown]>([
  ['stops coming', (response) => write(response, 2)],
  ['breaks off', (response) => write(response, 2).then(() => response.destroy())],
  ['never begins', () => undefined],
])('a file that %s is the network', async (_, wrong) => {
  answer = wrong;
  const reading = open(200)
    .openRejects('u1')
    .then((lines) => Array.fromAsync(lines));
  await expect(reading).rejects.toMatchObject({ code: 'network', retriable: true });
});

test.each<[string, (response: ServerResponse) => unknown]>([
  ['is cut off', (response) => response.setHeader('content-type', 'application/json').end('{"items":[{"slug":"a"')],
  ['breaks off', (response) => response.writeHead(200, { 'content-length': '999' }).write('{"items":[')],
  ['breaks off as a problem', (response) => response.writeHead(409, { 'content-length': '999' }).write('{"code":')],
])('an answer that %s is the network: it is asked for again', async (_, wrong) => {
  answer = (response) => {
    if (asked.length > 1) return response.end('{"items":[]}');
    wrong(response);
    return delay(20).then(() => response.destroy());
  };
  await expect(open().listDatasets()).rejects.toMatchObject({ code: 'network', retriable: true });
  asked = [];
  expect(await open(1_000, 2).listDatasets()).toEqual([]);
  expect(asked).toHaveLength(2);
});

const page = (response: ServerResponse) => response.writeHead(203).end('<html>sign in</html>');

test('the page of a proxy is asked past; where there is none but that, it is not Hikyaku that answers', async () => {
  answer = (response) => (asked.length > 1 ? response.end('{"items":[]}') : page(response));
  expect(await open(1_000, 2).listDatasets()).toEqual([]);
  asked = [];
  answer = page;
  await expect(open(1_000, 2).listDatasets()).rejects.toMatchObject({
    code: 'not-our-server',
    details: { status: 203 },
  });
  expect(asked).toHaveLength(2);
});

test('JSON that is nothing of ours is another server, which is not asked again', async () => {
  answer = (response) => response.end('{"hello":"world"}');
  await expect(open(1_000, 2).listDatasets()).rejects.toMatchObject({ code: 'not-our-server' });
  expect(asked).toHaveLength(1);
});

test('a token is not sent on to where a server points, which is told', async () => {
  const location = 'https://elsewhere.example/v1/datasets';
  answer = (response) => response.writeHead(308, { location }).end();
  await expect(open().listDatasets()).rejects.toMatchObject({ code: 'redirected', details: { status: 308, location } });
  expect(asked).toEqual(['GET /v1/datasets']);
});
