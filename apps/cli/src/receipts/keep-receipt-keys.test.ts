import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { createReceiptIssuer, loadReceiptKeys, makeReceiptKey } from '@hikyaku/receipts/issue';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readEnvironment } from '../env.ts';
import { keepReceiptKeys, keptReceiptKeysPath } from './keep-receipt-keys.ts';

let configFolder: string;
let path: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-kept-keys-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  configFolder = folder;
  path = keptReceiptKeysPath(folder);
});

const publishedBy = async (origin: string) => {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-keys-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await makeReceiptKey(folder, '2026-01-01');
  return createReceiptIssuer(await loadReceiptKeys(folder), origin).publishedKeys;
};

async function openServer(answer: (origin: string) => Promise<string>): Promise<string> {
  const server = createServer((_request, response) => void answer(url).then((body) => response.end(body)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return url;
}

async function keep(server: string, locale: 'ja' | 'en' = 'en'): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const environment = { ...readEnvironment({}), configFolder };
  const { signal } = new AbortController();
  await keepReceiptKeys({ process: { stdout, stderr }, stdin: Readable.from([]), environment, locale, signal }, server);
  stderr.end();
  return text(stderr);
}

const keys = async (origin: string) => JSON.stringify(await publishedBy(origin));

test('keys are kept whole, for this user alone to write, and nothing else lies there', async () => {
  await writeFile(path, 'older');
  expect(await keep(await openServer(keys))).toBe('');
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ keys: [{ crv: 'Ed25519' }] });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(configFolder)).toEqual(['receipt-keys.json']);
});

test('where they do not come that is told, those of the same server stay, and those of another go', async () => {
  const silent = await openServer(() => Promise.resolve('{'));
  const own = await keys(silent);
  await writeFile(path, own);
  expect(await keep(silent)).toContain('The keys to check receipts with were not kept.');
  expect(await readFile(path, 'utf8')).toBe(own);
  await writeFile(path, await keys('https://other.example'));
  expect(await keep(silent)).toContain('There are no keys of receipts at');
  expect(await readdir(configFolder)).toEqual([]);
});

test.each([
  [
    'ja',
    'ログインは完了しています。受領証の確認（verify-receipt）には、あとで hikyaku login をもう一度実行するか、--keys で鍵を指定してください。',
  ],
  [
    'en',
    'The login is complete. To check receipts (verify-receipt), run hikyaku login again later, or name the keys with --keys.',
  ],
] as const)('in %s it is told last that the login stands, and what to do: once', async (locale, words) => {
  const silent = await openServer(() => Promise.resolve('{'));
  const lines = (await keep(silent, locale)).trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(silent);
  expect(lines[2]).toBe(words);
});

test('nor is it a failure where they can not be written', async () => {
  const server = await openServer(keys);
  configFolder = join(configFolder, 'file');
  await writeFile(configFolder, '');
  await chmod(configFolder, 0o600);
  const told = await keep(server);
  expect(told).toContain('were not kept');
  expect(told).toContain('can not be written');
});
