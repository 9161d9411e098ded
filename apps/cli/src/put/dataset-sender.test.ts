import { expect, test } from 'vitest';
import { createV1Client } from '../api/v1-client.ts';
import { createTurns } from './create-turns.ts';
import { sendToDataset } from './dataset-sender.ts';

test('a file that has gone when it is to be sent is told as that, and nothing is begun', async () => {
  const { signal } = new AbortController();
  const asked: string[] = [];
  const fetch = (url: URL) => {
    asked.push(url.pathname);
    return Promise.reject(new Error('nothing is to be asked'));
  };
  const sending = {
    api: createV1Client({ login: { url: 'http://h.example', token: 't' }, locale: 'en', fetch, signal }),
    dataset: 'items',
    layers: { gzip: false, audience: undefined },
    idempotencyKey: undefined,
    isForced: false,
    inTurn: createTurns(),
    signal,
    onProgress() {},
  };
  const gone = {
    path: '/no/such/file.csv',
    name: 'file.csv',
    isNamed: true,
    file: { sizeBytes: 2, hasChanged: () => Promise.resolve(false) },
    open: async function* () {
      yield Buffer.from('id');
    },
  };
  await expect(sendToDataset(sending, gone)).rejects.toMatchObject({
    code: 'file-missing',
    details: { path: gone.path },
  });
  expect(asked).toEqual([]);
});
