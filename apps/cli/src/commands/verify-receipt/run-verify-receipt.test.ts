import { createHash } from 'node:crypto';
import { chmod, chown, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { receiptFileText, receiptKeysPath } from '@hikyaku/receipts';
import { createReceiptIssuer, loadReceiptKeys, makeReceiptKey, type ReceiptFacts } from '@hikyaku/receipts/issue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnvironment } from '../../env.ts';
import { exitCode } from '../../exit-code.ts';
import { runCli } from '../../run-cli.ts';

const content = Buffer.from('id,name\n1,a\n');
const issuerUrl = 'https://hikyaku.example.co.jp';
const facts: ReceiptFacts = {
  outcomeOf: 'a',
  organization: { slug: 'kaisha', name: '株式会社かいしゃ' },
  dataset: { slug: 'sales', name: { ja: '売上', en: 'Sales' } },
  file: {
    id: '0196f000-0000-7000-8000-000000000001',
    name: 'a\u001b[2J.csv',
    sizeBytes: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
    object: { key: 'k', versionId: 'v' },
  },
  sender: { name: 'Hanako', sha256: null },
  comparison: 'same-parts',
  handedOverAt: '2026-11-20T01:02:03.000Z',
  storedAt: '2026-11-20T01:02:04.000Z',
  settledAt: '2026-11-20T01:02:05.678Z',
  outcome: 'taken_in',
  cause: null,
  rows: { read: 10, new: 5, changed: 2, unchanged: 1, repeated: 0, refused: 2, deleted: 0 },
};

type ServerAnswer = [status: number, headers: Record<string, string>, body: string];

let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-verify-'));
  await makeReceiptKey(path('keys'), '2026-01-01');
  const issuer = createReceiptIssuer(await loadReceiptKeys(path('keys')), issuerUrl);
  const genuine = receiptFileText(issuer.issue(facts));
  const gone = issuer.issue({
    ...facts,
    outcomeOf: 'c',
    sender: { name: '', sha256: null },
    rows: { read: 11, new: 5, changed: 2, unchanged: 1, repeated: 1, refused: 2, deleted: 7 },
  });
  const replaced = issuer.issue({
    ...facts,
    outcomeOf: 'd',
    outcome: 'newer_kept',
    cause: { code: 'object-superseded', text: { ja: '別のファイル', en: 'Another file was put in its place.' } },
    rows: null,
  });
  const unread = issuer.issue({ ...facts, outcomeOf: 'b', file: { ...facts.file, sha256: null } });
  await mkdir(path('config/hikyaku'), { recursive: true, mode: 0o700 });
  const files = {
    'config/hikyaku/receipt-keys.json': JSON.stringify(issuer.publishedKeys),
    'keys.json': JSON.stringify(issuer.publishedKeys),
    'no-keys.json': '{}',
    'genuine.json': genuine,
    'changed.json': genuine.replace('"new": 5', '"new": 6'),
    'cut.json': genuine.slice(0, 500),
    'gone.json': receiptFileText(gone),
    'replaced.json': receiptFileText(replaced),
    'unread.json': receiptFileText(unread),
    'marked.json': `\uFEFF${genuine}`,
    'redirected.json': Buffer.from(`\uFEFF${genuine}`, 'utf16le'),
    'marked-keys.json': `\uFEFF${JSON.stringify(issuer.publishedKeys)}`,
    'large.json': genuine + ' '.repeat(1_000_000),
    'same.csv': content,
    'other.csv': 'id,name\n1,b\n',
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(path(name), bytes, { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

async function verify(args: string[], configFolder = 'config') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(['verify-receipt', ...args], {
    process: { stdout, stderr },
    stdin: Readable.from([]),
    environment: readEnvironment({ LANG: 'C', XDG_CONFIG_HOME: path(configFolder) }),
    signal: new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

test('a genuine receipt and its file are found so, without a network, in words that no terminal obeys', async () => {
  const answer = await verify([path('genuine.json'), path('same.csv')]);
  expect(answer).toMatchObject({ code: 0, stderr: '' });
  expect(answer.stdout).toContain('The receipt is genuine, and as it was issued.');
  expect(answer.stdout).toContain(`Issued by: ${issuerUrl}`);
  expect(answer.stdout).toContain(`SHA-256: ${facts.file.sha256}`);
  expect(answer.stdout).toContain('Taken in, 2 lines refused');
  expect(answer.stdout).toContain('is the file of this receipt');
  expect(answer.stdout).not.toContain('\u001b');
});

test.each([
  [['changed.json'], exitCode.failed, 'changed after it was issued'],
  [['cut.json'], exitCode.failed, 'is no receipt'],
  [['large.json'], exitCode.failed, 'is no receipt'],
  [['genuine.json', 'other.csv'], exitCode.failed, 'is not its file'],
  [['unread.json', 'same.csv'], exitCode.failed, 'names no SHA-256'],
  [['genuine.json', 'nowhere.csv'], exitCode.notFound, 'nowhere.csv'],
  [['nowhere.json'], exitCode.notFound, 'nowhere.json'],
  [['genuine.json', 'keys'], exitCode.usage, 'is a folder'],
  [['keys'], exitCode.usage, 'is a folder'],
])('%j: exit code %i', async (names, code, words) => {
  const answer = await verify(names.map(path));
  expect(answer).toMatchObject({ code, stdout: '' });
  expect(answer.stderr).toContain(words);
});

test.each(['marked.json', 'redirected.json'])('%s, as Windows saves texts, is read like any other', async (name) => {
  expect(await verify([path(name), path('same.csv'), '--keys', path('marked-keys.json')])).toMatchObject({ code: 0 });
});

test.each([
  ['their file', 'hikyaku/receipt-keys.json', 0o664],
  ['their folder', 'hikyaku', 0o775],
  ['their folder, be it like /tmp', 'hikyaku', 0o1777],
  ['where they really lie', 'elsewhere', 0o777],
])('kept keys are not believed where others may write to %s', async (_, place, mode) => {
  const config = path('open-config');
  await rm(config, { recursive: true, force: true });
  await mkdir(join(config, 'hikyaku'), { recursive: true, mode: 0o700 });
  await cp(path('config/hikyaku'), join(config, 'elsewhere'), { recursive: true });
  const kept = join(config, 'hikyaku/receipt-keys.json');
  if (place === 'elsewhere') await symlink('../elsewhere/receipt-keys.json', kept);
  else await cp(path('config/hikyaku/receipt-keys.json'), kept);
  expect((await verify([path('genuine.json')], 'open-config')).code).toBe(0);
  await chmod(join(config, place), mode);
  const open = await verify([path('genuine.json')], 'open-config');
  expect([open.code, open.stderr]).toEqual([exitCode.usage, expect.stringContaining('Others may have written')]);
  expect(open.stderr).toContain(`chmod go-w ${join(config, place)}`);
  expect((await verify([path('genuine.json'), '--keys', kept], 'open-config')).code).toBe(0);
});

// Only root can give a file away, and only others' files are not root's own.
test.runIf(process.geteuid?.() === 0)('nor where they belong to somebody else', async () => {
  await cp(path('config'), path('foreign-config'), { recursive: true });
  for (const place of ['hikyaku/receipt-keys.json', 'hikyaku']) {
    await chown(path(`foreign-config/${place}`), 4242, 4242);
    expect((await verify([path('genuine.json')], 'foreign-config')).code).toBe(exitCode.usage);
    await chown(path(`foreign-config/${place}`), 0, 0);
  }
  expect((await verify([path('genuine.json')], 'foreign-config')).code).toBe(0);
});

test('keys may come from a file; without any nothing is believed, and nobody is asked', async () => {
  expect((await verify([path('genuine.json'), '--keys', path('keys.json')], 'nowhere')).code).toBe(0);
  const none = await verify([path('genuine.json')], 'nowhere');
  expect([none.code, none.stderr]).toEqual([exitCode.usage, expect.stringContaining('--keys')]);
  expect((await verify([path('genuine.json'), '--keys', path('no-keys.json')])).code).toBe(exitCode.failed);
});

test('a server speaks for itself alone: what it publishes under the name of another is not believed', async () => {
  let published = '';
  const server = createServer((request, response) => {
    response.writeHead(request.url === receiptKeysPath ? 200 : 404).end(published);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  try {
    const issuer = createReceiptIssuer(await loadReceiptKeys(path('keys')), origin);
    await writeFile(path('own.json'), receiptFileText(issuer.issue(facts)));
    published = JSON.stringify(issuer.publishedKeys);
    expect((await verify([path('own.json'), '--keys', origin])).code).toBe(0);
    const other = await verify([path('genuine.json'), '--keys', origin]);
    expect([other.code, other.stderr]).toEqual([exitCode.failed, expect.stringContaining('which nothing proves')]);
    published = JSON.stringify({ ...issuer.publishedKeys, issuer: issuerUrl });
    const lying = await verify([path('genuine.json'), '--keys', origin]);
    expect([lying.code, lying.stderr]).toEqual([exitCode.failed, expect.stringContaining('no keys of receipts')]);
  } finally {
    server.close();
  }
});

test.each<[string, ServerAnswer, number, string]>([
  ['is in trouble', [503, {}, '<html>'], exitCode.unavailable, 'The connection was lost.'],
  ['is cut off', [200, { 'content-type': 'application/jwk-set+json' }, '{"issuer":'], exitCode.unavailable, 'lost'],
  ['breaks off', [200, { 'content-length': '999' }, '{"issuer":'], exitCode.unavailable, 'lost'],
  ['has the page of another', [200, { 'content-type': 'text/html' }, '<html>'], exitCode.failed, 'no keys of receipts'],
  ['never ends', [200, {}, ' '.repeat(4 * 1024 ** 2)], exitCode.failed, 'no keys of receipts'],
  [
    'never ends with what it calls JSON',
    [200, { 'content-type': 'application/json' }, ' '.repeat(4 * 1024 ** 2)],
    exitCode.failed,
    'no keys of receipts',
  ],
  ['knows no keys', [404, {}, '<html>'], exitCode.failed, 'is not Hikyaku (404)'],
  ['sends us on', [302, { location: 'https://elsewhere.example/' }, ''], exitCode.failed, 'elsewhere.example'],
])('of a server that %s that is told, and nothing is believed', async (_, [status, headers, body], code, words) => {
  const server = createServer((request, response) => {
    response.writeHead(status, headers).write(body, () => response.destroy());
    if (!headers['content-length']) response.end();
    request.resume();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  try {
    const answer = await verify([path('genuine.json'), '--keys', origin]);
    expect([answer.code, answer.stderr]).toEqual([code, expect.stringContaining(words)]);
  } finally {
    server.close();
  }
});

test('who sent it is told though they have left, and so are lines that came again and rows that were deleted', async () => {
  const { stdout } = await verify([path('gone.json')]);
  expect(stdout).toContain('From: Somebody who has left');
  expect(stdout).toContain('read 11, added 5, changed 2, unchanged 1, repeated 1, refused 2, deleted from the table 7');
  expect((await verify([path('genuine.json')])).stdout).not.toMatch(/repeated|deleted/);
});

test('a file that another took the place of was replaced: nothing newer is said to be kept', async () => {
  const { code, stdout } = await verify([path('replaced.json')]);
  expect(code).toBe(0);
  expect(stdout).toContain('Outcome: Replaced before it was taken in');
  expect(stdout).toContain('Another file was put in its place.');
});

async function read(...names: string[]): Promise<{ code: number; result: unknown }> {
  const { code, stdout } = await verify([...names.map(path), '--json']);
  return { code, result: JSON.parse(stdout) };
}

test('--json tells the verdict, the receipt and whether the file is its own', async () => {
  expect(await read('genuine.json', 'same.csv')).toMatchObject({
    code: 0,
    result: { verdict: 'genuine', file: 'same', receipt: { file: { sizeBytes: content.length } } },
  });
  expect(await read('genuine.json', 'other.csv')).toMatchObject({ code: 1, result: { file: 'different' } });
  expect(await read('changed.json')).toMatchObject({ code: 1, result: { verdict: 'changed', file: null } });
});
