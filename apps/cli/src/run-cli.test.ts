import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { readEnvironment } from './env.ts';
import { runCli } from './run-cli.ts';

const commands = [
  'put',
  'status',
  'rejects',
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

async function run(...args: string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(args, {
    process: { stdout, stderr },
    stdin: Readable.from([]),
    environment: readEnvironment({ LANG: 'C' }),
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
  [['put', 'a.csv', '--to', 'd', '--openpgp'], '--encrypt'],
  [['cp', 's3://b/x', 's3://b/y'], 'Exactly one side'],
  [['presign', 's3://b/x', '--expires-in', 'soon', '--region', 'x'], 'length of time'],
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

test('what Tab is to offer comes with what it is for', async () => {
  expect((await run('__complete', 'pre')).stdout).toBe('presign\tMake signed URLs for people without an account\n');
  expect((await run('__complete', 'put', 'a.csv', '--dry')).stdout).toMatch(/^--dry-run\t/);
  expect((await run('__complete', 'completion', '')).stdout).toMatch(/^bash\t/m);
});
