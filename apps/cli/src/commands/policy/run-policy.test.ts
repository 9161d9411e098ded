import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEnvironment } from '../../env.ts';
import { runCli } from '../../run-cli.ts';

const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/incoming/*' };
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const scenario = (action: string) => ({
  principal: 'arn:aws:iam::111122223333:role/worker',
  action,
  resource: 'arn:aws:s3:::files/incoming/a.csv',
  policies: { identity: document(read) },
});

let folder: string;
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-policy-'));
  const contents = {
    'sound.json': document(read),
    'wrong.json': document({ ...read, Action: 's3:GetObjectMetadata' }),
    'wider.json': document({ ...read, Action: ['s3:GetObject', 's3:PutObject'] }),
    'long.json': document(
      ...Array.from({ length: 90 }, (_, n) => ({ ...read, Sid: `S${n}`, Resource: `arn:aws:s3:::files/${n}/*` })),
    ),
    'allowed.json': scenario('s3:GetObject'),
    'denied.json': scenario('s3:DeleteObject'),
    'operations.json': [{ does: 'read-objects', bucket: 'files', prefix: 'incoming/' }],
  };
  for (const [name, content] of Object.entries(contents)) await writeFile(path(name), JSON.stringify(content, null, 2));
  await writeFile(path('redirected.json'), Buffer.from(`\uFEFF${JSON.stringify(document(read))}`, 'utf16le'));
  await writeFile(path('broken.json'), '{');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[], stdin: string | Buffer = '') {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCli(['policy', ...args], {
    process: { stdout, stderr },
    stdin: Readable.from([stdin]),
    environment: readEnvironment({ LANG: 'C' }),
    signal: new AbortController().signal,
  });
  stdout.end();
  stderr.end();
  return { code, stdout: await text(stdout), stderr: await text(stderr) };
}

test.each<[string[], number, string | RegExp]>([
  [['lint', 'sound.json'], 0, /sound\.json: /],
  [['lint', 'sound.json', 'wrong.json'], 1, /wrong\.json:\d+:\d+ error unknown-action/],
  [['lint', 'broken.json', 'sound.json'], 2, /broken\.json:1/],
  [['lint', 'sound.json', '--kind', 'bucket'], 1, 'Principal'],
  [['budget', 'sound.json'], 0, /6,144/],
  [['budget', 'long.json', 'long.json', '--quota', 'managed'], 1, /6,144/],
  [['evaluate', 'allowed.json'], 0, /allowed\t.*s3:GetObject/],
  [['evaluate', 'denied.json'], 1, /s3:DeleteObject/],
  [['explain', 'denied.json'], 1, 's3:DeleteObject'],
  [['diff', 'sound.json', 'wider.json'], 1, 's3:PutObject'],
  [['diff', 'sound.json', 'sound.json'], 0, ''],
  [['build', 'operations.json'], 0, '"s3:GetObject"'],
])('%j ends with %i and tells it', async (args, code, told) => {
  const named = args.map((arg) => (arg.endsWith('.json') ? path(arg) : arg));
  const answer = await run(named);
  expect(answer.stdout).toMatch(told);
  expect(answer.code).toBe(code);
  expect(answer.stderr === '').toBe(code === 0);
});

test('a policy comes from standard input too', async () => {
  expect(await run(['lint', '-'], JSON.stringify(document(read)))).toMatchObject({ code: 0, stderr: '' });
});

test('a policy as Windows redirects it is read like any other', async () => {
  expect(await run(['lint', path('redirected.json')])).toMatchObject({ code: 0, stderr: '' });
  const redirected = await readFile(path('redirected.json'));
  expect(await run(['lint', '-'], redirected)).toMatchObject({ code: 0, stderr: '' });
});

test.each([
  [['lint', 'none.json'], 8, 'none.json'],
  [['lint', 'sound.json', '--kind', 'wish'], 2, 'identity, boundary'],
  [['budget', 'sound.json', '--quota', 'wish'], 2, 'role-inline'],
])('%j is told', async (args, code, told) => {
  const answer = await run(args.map((arg) => (arg.endsWith('.json') ? path(arg) : arg)));
  expect([answer.code, answer.stdout]).toEqual([code, '']);
  expect(answer.stderr).toContain(told);
});
