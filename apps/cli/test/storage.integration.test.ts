import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { CloudAccount } from '@hikyaku/local-cloud';
import { testAccount, testCloud } from '@hikyaku/local-cloud/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type BuiltCommand, buildCommand, type RunOptions } from './built-command.ts';
import { openProxy } from './proxy.ts';

let command: BuiltCommand;
let account: CloudAccount;
let env: Record<string, string>;
let bucket: string;

beforeAll(async () => {
  [command, account] = await Promise.all([buildCommand(), testAccount()]);
  const { accessKeyId, secretAccessKey } = account.owner;
  bucket = `s3://${account.bucket}`;
  env = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: testCloud().s3?.endpoint ?? '',
    AWS_REGION: account.region,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
});
afterAll(async () => {
  await account?.delete();
  await command?.remove();
});

const run = (args: string[], options: RunOptions = {}) => command.run(args, { env, ...options });
const linesOf = (text: string) => text.split('\n').filter(Boolean);

test('the package that npm packs runs elsewhere, with nothing beside it', async () => {
  const npm = promisify(execFile);
  const { stdout } = await npm('npm', ['pack', '--json', '--pack-destination', command.folder, command.packageFolder]);
  const [{ filename, size }] = z
    .tuple([z.object({ filename: z.string(), size: z.number() })])
    .parse(JSON.parse(stdout));
  expect(size).toBeLessThan(2 * 1024 ** 2);
  const elsewhere = join(command.folder, 'elsewhere');
  await mkdir(elsewhere);
  await npm('tar', ['--extract', '--file', join(command.folder, filename), '--directory', elsewhere]);
  const { bin, version } = z
    .object({ bin: z.record(z.string(), z.string()), version: z.string() })
    .parse(JSON.parse(await readFile(join(elsewhere, 'package', 'package.json'), 'utf8')));
  const program = join(elsewhere, 'package', bin['hikyaku'] ?? '');
  const unpacked = (...args: string[]) =>
    npm(process.execPath, [program, ...args], { env: { ...env, HOME: elsewhere } });
  expect((await unpacked('--version')).stdout).toBe(`${version}\n`);
  expect((await unpacked('--help')).stdout).toContain('hikyaku put <FILE>');
  await run(['put', join(elsewhere, 'package', 'LICENSE'), `${bucket}/packed/`]);
  expect((await unpacked('ls', '-r', `${bucket}/packed/`)).stdout).toContain('packed/LICENSE');
  await unpacked('get', `${bucket}/packed/LICENSE`, elsewhere);
  expect(await readFile(join(elsewhere, 'LICENSE'))).toEqual(await readFile(join(elsewhere, 'package', 'LICENSE')));
});

test('what goes up comes down, byte for byte, as a file, on standard output and from standard input', async () => {
  const content = randomBytes(20 * 1024 ** 2);
  const path = join(command.folder, 'whole');
  await writeFile(path, content);
  expect(await run(['put', path, `${bucket}/big/whole`, '-q'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  const got = join(command.folder, 'got');
  const { code, stdout } = await run(['get', `${bucket}/big/whole`, got, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ path: got, sizeBytes: content.length, verified: { by: 'etag' } });
  expect(content.equals(await readFile(got))).toBe(true);
  await run(['put', '-', '--name', 'piped', `${bucket}/big/`], { input: 'from a pipe' });
  expect(await run(['cat', `${bucket}/big/piped`])).toEqual({ code: 0, stdout: 'from a pipe', stderr: '' });
});

test('of many, each has its result: what fails is told, the others come', async () => {
  const folder = join(command.folder, 'up');
  await mkdir(join(folder, '売上'), { recursive: true });
  await writeFile(join(folder, 'a.csv'), 'a');
  await writeFile(join(folder, '売上', '令和8年.csv'), 'b');
  expect((await run(['cp', '-r', folder, `${bucket}/many`])).code).toBe(0);
  const down = join(command.folder, 'down');
  expect((await run(['cp', '-r', `${bucket}/many/`, down])).code).toBe(0);
  expect((await readdir(down, { recursive: true })).toSorted()).toEqual(['a.csv', '売上', '売上/令和8年.csv']);
  const keys = 'a.csv\nnothing\n';
  const some = await run(['cp', '--keys-from', '-', `${bucket}/many/`, down, '--json'], { input: `\uFEFF${keys}` });
  expect(some).toMatchObject({ code: 3, stderr: expect.stringContaining('1 of 2 failed.') });
  expect(linesOf(some.stdout).map((line) => JSON.parse(line))).toMatchObject([
    { from: `${bucket}/many/a.csv`, ok: true },
    { from: `${bucket}/many/nothing`, ok: false, error: { code: 'no-such-key' } },
  ]);
});

test('objects of one name never become one file, and an address with nothing below it stops no other', async () => {
  for (const day of ['monday', 'tuesday']) {
    await run(['put', '-', '--name', 'report.csv', `${bucket}/same/${day}/`], { input: day });
  }
  const down = join(command.folder, 'same');
  const from = ['none', 'monday', 'tuesday'].map((day) => `${bucket}/same/${day}/`);
  // It needs no other place to write to.
  const nowhere = { ...env, TMPDIR: join(command.folder, 'nowhere') };
  const { code, stdout } = await run(['cp', '-r', ...from, down, '--json'], { env: nowhere });
  expect(code).toBe(3);
  expect(linesOf(stdout).map((line) => JSON.parse(line))).toMatchObject([
    { from: from[0], ok: false, error: { code: 'nothing-below' } },
    { from: `${from[1]}report.csv`, ok: true },
    { from: `${from[2]}report.csv`, ok: false, error: { code: 'same-file' } },
  ]);
  expect(await readFile(join(down, 'report.csv'), 'utf8')).toBe('monday');
});

test('of what was put there is one document, with each of them', async () => {
  const folder = join(command.folder, 'told');
  const tooLong = Array<string>(5).fill('x'.repeat(250)).join('/');
  await mkdir(join(folder, tooLong), { recursive: true });
  for (const name of ['a.csv', `${tooLong}/b.csv`]) await writeFile(join(folder, name), name);
  const { code, stdout } = await run(['put', '-r', folder, `${bucket}/told`, '--json']);
  expect(code).toBe(3);
  const { items } = z.object({ items: z.array(z.object({ from: z.string() }).loose()) }).parse(JSON.parse(stdout));
  expect(items.toSorted((a, b) => a.from.length - b.from.length)).toMatchObject([
    { from: join(folder, 'a.csv'), to: `${bucket}/told/a.csv`, ok: true, sizeBytes: 5 },
    { to: `${bucket}/told/${tooLong}/b.csv`, ok: false, error: { code: expect.any(String) } },
  ]);
});

test.each([
  ['login', () => ['login', '--url', 'https://h.example']],
  ['policy', () => ['policy', 'lint', '-']],
  ['put', () => ['put', '-', '--name', 'silent', `${bucket}/`]],
  ['cp', () => ['cp', '--keys-from', '-', `${bucket}/many/`, join(command.folder, 'silent')]],
])('SIGTERM ends %s though standard input says nothing more', async (_, args) => {
  const isReading = Promise.withResolvers<void>();
  const { child, ended } = command.start(args(), {
    env,
    // More than a pipe holds: it has gone when somebody reads.
    input: (stdin) => void stdin.write('\n'.repeat(1_000_000), () => isReading.resolve()),
  });
  await isReading.promise;
  child.kill('SIGTERM');
  expect(await ended).toEqual({ code: 143, stdout: '', stderr: 'Stopped.\n' });
});

test('Ctrl-C is not held up by storage that says nothing', async () => {
  const isSending = Promise.withResolvers<void>();
  const begun = '<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>';
  const server = createServer((request, response) => {
    request.resume();
    if (request.method === 'POST') response.end(begun);
    if (request.method === 'PUT') isSending.resolve();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  const path = join(command.folder, 'held-up');
  await writeFile(path, randomBytes(20 * 1024 ** 2));
  const { child, ended } = command.start(['put', path, `${bucket}/held-up`, '--endpoint-url', endpoint], { env });
  await isSending.promise;
  const asked = performance.now();
  child.kill('SIGINT');
  expect(await ended).toEqual({ code: 130, stdout: '', stderr: 'Stopped.\n' });
  expect(performance.now() - asked).toBeLessThan(15_000);
  server.closeAllConnections();
  server.close();
});

test('a listing tells folders apart, and no name of an object speaks to the terminal', async () => {
  const evil = `evil\u001b[31m`;
  await run(['put', '-', '--name', 'x', `${bucket}/list/${evil}`], { input: '1' });
  await run(['put', '-', '--name', 'x', `${bucket}/list/in/y`], { input: '22' });
  const plain = await run(['ls', `${bucket}/list/`, '--summarize']);
  expect(plain.stdout).toContain('list/evil\\u{1b}[31m');
  expect(plain.stdout).toMatch(/ {10}list\/in\/\n/);
  expect(plain.stderr).toContain('1 object, 1 byte in total');
  const json = await run(['ls', '-r', `${bucket}/list/`, '--json']);
  expect(linesOf(json.stdout).map((line) => JSON.parse(line))).toMatchObject([
    { kind: 'object', key: `list/${evil}`, sizeBytes: 1 },
    { kind: 'object', key: 'list/in/y', sizeBytes: 2 },
  ]);
});

test('whoever has a signed URL can read the object, under the name it says', async () => {
  await run(['put', '-', '--name', 'x', `${bucket}/2026/11/22/report.csv`], { input: 'signed' });
  const signed = await run([
    'presign',
    `${bucket}/2026/11/22/report.csv`,
    '--expires-in',
    '15m',
    '--file-name',
    '売上.csv',
  ]);
  const answer = await fetch(signed.stdout.trim());
  expect(await answer.text()).toBe('signed');
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('売上.csv'));
  const dated = await run([
    'presign',
    `${bucket}/{yyyy}/{MM}/{dd}/`,
    '--from',
    '2026-11-21',
    '--to',
    '2026-11-23',
    '--json',
  ]);
  expect(linesOf(dated.stdout).map((line) => JSON.parse(line))).toMatchObject([
    { key: '2026/11/22/report.csv', day: '2026-11-22', limitedBy: 'requested' },
  ]);
  expect((await run(['presign', `${bucket}/x`, '--from', '2026-11-31'])).code).toBe(2);
});

test('failures of storage are told in the language asked for, with codes for scripts', async () => {
  const missing = await run(['get', `${bucket}/nothing`], { env: { ...env, LANG: 'ja_JP.UTF-8' } });
  expect(missing).toMatchObject({ code: 8, stderr: expect.stringContaining('オブジェクト') });
  const wrong = { ...env, AWS_SECRET_ACCESS_KEY: 'not-the-right-one' };
  const refused = await run(['ls', bucket], { env: wrong });
  expect(refused.code).toBe(6);
  expect(refused.stderr).not.toContain('not-the-right-one');
  const away = { ...env, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
  expect((await run(['ls', bucket], { env: away })).code).toBe(7);
});

test('under the real temporary credentials of a role the doctor says what that may not do, and tells no secret', async () => {
  const role = { ...account.environment('api'), AWS_EC2_METADATA_DISABLED: 'true' };
  const { code, stdout, stderr } = await run(['doctor', `${bucket}/incoming/`, '--json'], { env: role });
  const { findings, summary } = z
    .object({
      summary: z.object({ ok: z.number(), looked: z.number(), fail: z.number() }),
      findings: z.array(z.object({ check: z.string(), state: z.string(), details: z.record(z.string(), z.unknown()) })),
    })
    .parse(JSON.parse(stdout));
  expect(findings.find(({ check }) => check === 'credentials')?.details).toMatchObject({ kind: 'temporary' });
  expect(findings.filter(({ state }) => state === 'fail').map(({ check }) => check)).toEqual(['list', 'delete']);
  expect({ code, ...summary }).toEqual({ code: 1, ok: 7, looked: 9, fail: 2 });
  for (const secret of await secretsOf(role)) expect(stdout + stderr).not.toContain(secret);
});

test('the doctor ends with 1 where something failed, with cause and remedy', async () => {
  const { code, stdout } = await run(['doctor', 's3://hikyaku-no-such-bucket', '--timeout-seconds', '3']);
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ Listing\n {4}.+\n {4}.+/);
  expect(stdout).toMatch(/\d of \d are well/);
});

test('what goes over HTTP goes through the proxy that the environment names', async () => {
  const proxy = await openProxy();
  const { seen } = proxy;
  const proxied = { ...env, HTTP_PROXY: proxy.url, XDG_CACHE_HOME: join(command.folder, 'cache') };
  await run(['put', '-', '--name', 'x', `${bucket}/proxied`], { env: proxied, input: 'through' });
  const got = join(command.folder, 'proxied');
  expect((await run(['get', `${bucket}/proxied`, got], { env: proxied })).code).toBe(0);
  expect(await readFile(got, 'utf8')).toBe('through');
  expect(seen.filter((method) => method === 'PUT')).toHaveLength(1);
  expect(seen.filter((method) => method === 'GET' || method === 'CONNECT').length).toBeGreaterThan(0);
  const doctor = await run(['doctor', bucket], { env: proxied });
  expect(doctor).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`through the proxy ${new URL(proxy.url).host}`),
  });
  proxy.close();
});

async function secretsOf(role: Record<string, string>): Promise<string[]> {
  const files = [role['AWS_SHARED_CREDENTIALS_FILE'], role['AWS_CONFIG_FILE']];
  const texts = await Promise.all(files.map((path) => readFile(path ?? '', 'utf8')));
  return texts.flatMap((text) =>
    [...text.matchAll(/^aws_secret_access_key = (.+)$/gm)].map(([, secret = '']) => secret),
  );
}
