import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Environment, readEnvironment } from './env.ts';
import { runCli } from './run-cli.ts';

const commands = [
  'put',
  'status',
  'rejects',
  'receipt',
  'verify-receipt',
  'get',
  'cat',
  'ls',
  'cp',
  'presign',
  'doctor',
  'policy',
  'login',
  'logout',
  'completion',
];

let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-cli-'));
  for (const name of ['a.csv', 'b.csv']) await writeFile(path(name), name);
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runIn({}, ...args);

async function runIn(surroundings: Partial<Environment>, ...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(args, {
    process: { stdout, stderr },
    stdin: Readable.from([]),
    environment: {
      ...readEnvironment({ LANG: 'C', AWS_REGION: 'x', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' }),
      ...surroundings,
    },
    signal: new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

test.each(commands)('%s is explained in both languages', async (name) => {
  const english = await run(name, '--help');
  expect(english).toMatchObject({ code: 0, stderr: '' });
  expect(english.stdout).not.toMatch(/[ぁ-んァ-ヶ一-龠]|undefined/);
  const japanese = await run('help', name, '--lang', 'ja');
  expect(japanese.stdout).toMatch(/使い方[^]*[ぁ-んァ-ヶ一-龠]/);
  expect((await run()).stdout).toContain(`\n  ${name} `);
});

test.each([
  [['gte'], 'did you mean `get`'],
  [['get'], 's3://bucket/key'],
  [['get', 'x'], "'x' is not an address of storage."],
  [['ls', 's3://b', '--jsn'], '--json'],
  [['put', 'a.csv'], 'There is no destination.'],
  [['put', '-', 'a.csv', '--to', 'd'], 'goes alone'],
  [['put', '-', '--to', 'd'], '--name'],
  [['put', 'a.csv', '--to', 'd', '--json', '--env'], 'exclude each other'],
  [['put', 'a.csv', '--to', 'd', '--env', '--dry-run'], 'exclude each other'],
  [['put', 'a.csv', '--to', 'd', '--openpgp'], '--encrypt'],
  [['cp', 's3://b/x', 's3://b/y'], 'Exactly one side'],
  [['cp', '--keys-from', '-', 's3://b/x/', 's3://b/y/', 'into'], 'for one address alone'],
  [['presign', 's3://b/x', '--expires-in', 'soon', '--region', 'x'], 'length of time'],
  [['presign', 's3://b/x', '--from', '2026-11-22'], '{yyyy}, {MM} and {dd}'],
  [['presign', 's3://b/{yyyy}{MM}{dd}', '--from', '2026-11-31'], "'2026-11-31' is not a day"],
  [['completion', 'tcsh'], 'bash, zsh or fish'],
])('%j is a wrong command line', async (args, told) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain(told);
});

test('a wrong command line is told in Japanese too', async () => {
  expect((await run('--lang=ja', 'get')).stderr).toBe('s3://bucket/key がありません。\n');
  expect((await run('--lang=ja', 'ls', '--nothing')).stderr).toContain('--nothing というオプションはありません。');
});

test('a plan of what goes to S3 is one document', async () => {
  const { code, stdout } = await run('put', path('a.csv'), path('b.csv'), 's3://b/out', '--dry-run', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    dryRun: true,
    items: ['a.csv', 'b.csv'].map((name) => ({ from: path(name), to: `s3://b/out/${name}`, sizeBytes: 5 })),
  });
});

test('files that would become one object are not sent', async () => {
  expect(await run('cp', path('a.csv'), path('a.csv'), 's3://b/out/')).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringContaining('s3://b/out/a.csv'),
  });
});

test('where nothing can be written, and what can not be read, are told', async () => {
  const [list, into] = [path('none.txt'), path('into')];
  const unusable = await run('cp', 's3://b/x', path('a.csv'));
  expect(unusable).toMatchObject({ code: 1, stderr: expect.stringContaining('can not be written') });
  const missing = await run('cp', '--keys-from', list, 's3://b/x/', into);
  expect(missing).toMatchObject({ code: 8, stderr: expect.stringContaining(`'${list}' is not there`) });
  // The system knows it, and doesn't give it.
  const unreadable = await run('put', '/proc/self/mem', 's3://b/x');
  expect(unreadable).toMatchObject({ code: 8, stderr: expect.stringContaining("'/proc/self/mem' is not there") });
});

test('what can be no token is not sent anywhere', async () => {
  const given = { url: 'http://127.0.0.1:9', token: 'hky_ｔｏｋｅｎ' };
  const { code, stderr } = await runIn(given, 'status');
  expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining('It was not sent.') });
  expect(stderr).not.toContain(given.token);
});

test('behind a proxy an old Node does what needs no network, and says why it does no more', async () => {
  const old = { isProxied: true, nodeVersion: '22.12.0' };
  expect((await runIn(old, 'completion', 'bash')).code).toBe(0);
  expect(await runIn(old, 'ls', 's3://b')).toMatchObject({ code: 1, stderr: expect.stringContaining('22.12.0') });
});

test('what Tab is to offer comes with what it is for', async () => {
  expect((await run('__complete', 'pre')).stdout).toBe('presign\tMake signed URLs for people without an account\n');
  expect((await run('__complete', 'put', 'a.csv', '--dry')).stdout).toMatch(/^--dry-run\t/);
  expect((await run('__complete', 'completion', '')).stdout).toMatch(/^bash\t/m);
});
