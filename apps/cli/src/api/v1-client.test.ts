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

function open(timeoutMilliseconds = 1_000) {
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const { signal } = new AbortController();
  return createV1Client({ login: { url, token: 't' }, locale: 'en', fetch, signal, mostTries: 1, timeoutMilliseconds });
}

async function write(response: ServerResponse, pieces: number): Promise<void> {
  for (let count = 0; count < pieces; count += 1) {
    response.write('1,2\n');
    await delay(60);
  }
}

test('refused lines come whole, however long that takes in all', async () => {
  answer = (response) => write(response, 8).then(() => response.end());
  const lines = await Array.fromAsync(await open(200).openRejects('u1'));
  expect(Buffer.concat(lines).toString()).toBe('1,2\n'.repeat(8));
});

test('refused lines may be written down slowly', async () => {
  answer = (response) => response.end('x'.repeat(1_000_000));
  let bytes = 0;
  for await (const piece of await open(200).openRejects('u1')) {
    bytes += piece.length;
    if (bytes === piece.length) await delay(300);
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

test('a token is not sent on to where a server points, which is told', async () => {
  const location = 'https://elsewhere.example/v1/datasets';
  answer = (response) => response.writeHead(308, { location }).end();
  await expect(open().listDatasets()).rejects.toMatchObject({ code: 'redirected', details: { status: 308, location } });
  expect(asked).toEqual(['GET /v1/datasets']);
});
