import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { uploadAnswer } from '../../test/upload-answer.ts';
import { createV1Client } from '../api/v1-client.ts';
import { createTurns } from './create-turns.ts';
import { type DatasetSending, sendToDataset } from './dataset-sender.ts';
import { listSources } from './source.ts';

const { signal } = new AbortController();
const sending: Omit<DatasetSending, 'api'> = {
  dataset: 'items',
  layers: { gzip: false, audience: undefined },
  idempotencyKey: undefined,
  isForced: false,
  inTurn: createTurns(),
  signal,
  onProgress() {},
};

test('a file that has gone when it is to be sent is told as that, and nothing is begun', async () => {
  const asked: string[] = [];
  const fetch = (url: URL) => {
    asked.push(url.pathname);
    return Promise.reject(new Error('nothing is to be asked'));
  };
  const api = createV1Client({
    login: { url: 'http://h.example', token: 't' },
    locale: 'en',
    fetch,
    signal,
  });
  const gone = {
    path: '/no/such/file.csv',
    name: 'file.csv',
    isNamed: true,
    file: { sizeBytes: 2, hasChanged: () => Promise.resolve(false) },
    open: async function* () {
      yield Buffer.from('id');
    },
  };
  await expect(sendToDataset({ ...sending, api }, gone)).rejects.toMatchObject({
    code: 'file-missing',
    details: { path: gone.path },
  });
  expect(asked).toEqual([]);
});

/** Storage, and an api that says of the end of an upload what it is given, one after the other. */
async function openHouse(ends: string[], mostTries = 5) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { method, url = '' } = request;
    asked.push(`${method} ${url}`);
    const at = `http://${request.headers.host}/storage`;
    const expiresAt = new Date(Date.now() + 600_000).toISOString();
    request.resume();
    request.on('end', () => {
      if (method === 'PUT') return response.writeHead(200, { etag: '"e"' }).end();
      if (url.endsWith('/complete')) return response.end(ends.shift() ?? JSON.stringify(upload));
      return response
        .writeHead(201)
        .end(JSON.stringify({ ...upload, put: { url: at, headers: {}, expiresAt }, parts: null }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return { asked, api: createV1Client({ login: { url, token: 't' }, locale: 'en', fetch, signal, mostTries }) };
}

const upload = uploadAnswer();

async function aFile() {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-sender-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'a.csv'), 'id\n');
  const [source] = await Array.fromAsync(listSources([join(folder, 'a.csv')], false));
  if (!source) throw new Error('there is no file');
  return source;
}

test('an answer that came broken is asked for again: what was sent is neither cancelled nor sent twice', async () => {
  const { api, asked } = await openHouse(['{"uploadId":"u1","data', '<html>']);
  const { upload: sent } = await sendToDataset({ ...sending, api }, await aFile());
  expect(sent.uploadId).toBe('u1');
  expect(asked).toEqual([
    'POST /v1/uploads',
    'PUT /storage',
    ...Array.from({ length: 3 }, () => 'POST /v1/uploads/u1/complete'),
  ]);
});

test.each(['{"portal":"sign in first"}', '<html>sign in first</html>'])(
  'where %s answers in place of the server, what was sent is kept for the next run',
  async (body) => {
    const { api, asked } = await openHouse([body], 1);
    await expect(sendToDataset({ ...sending, api }, await aFile())).rejects.toMatchObject({ code: 'not-our-server' });
    expect(asked.filter((request) => request.startsWith('DELETE'))).toEqual([]);
  },
);
