import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { ListMultipartUploadsCommand, ListPartsCommand, S3Client } from '@aws-sdk/client-s3';
import { testCloud } from '@hikyaku/local-cloud/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openApiFront } from './api-front.ts';
import { type BuiltCommand, buildCommand, type RunOptions } from './built-command.ts';
import { openProxy } from './proxy.ts';
import { dataset, openTestHouse, type TestHouse } from './test-house.ts';

const item = z.object({
  path: z.string(),
  fileName: z.string().nullable(),
  uploadId: z.string().nullable(),
  state: z.string().nullable(),
  wasThere: z.boolean().nullable(),
  content: z.object({ bytes: z.number(), sha256: z.string() }).nullable(),
  sent: z.object({ bytes: z.number(), sha256: z.string() }).nullable(),
  counts: z.object({ read: z.number(), rejected: z.number() }).nullable(),
  error: z.object({ code: z.string() }).nullable(),
});
const items = z.object({ items: z.array(item) });

const mebibyte = 1024 ** 2;
/** `HIKYAKU_STREAM_MIB=2048` sends 2 GiB instead. */
const streamMebibytes = Number(process.env['HIKYAKU_STREAM_MIB'] ?? 256);
const mostBytes = 256 * mebibyte;

let command: BuiltCommand;
let house: TestHouse;
let env: Record<string, string>;
let s3: S3Client;

beforeAll(async () => {
  command = await buildCommand();
  house = await openTestHouse({ keysFolder: join(command.folder, 'keys') });
  env = { HIKYAKU_URL: house.url, HIKYAKU_TOKEN: house.token };
  const { owner, region } = house.account;
  const endpoint = testCloud().s3?.endpoint ?? '';
  s3 = new S3Client({ endpoint, region, credentials: { ...owner }, forcePathStyle: true });
});
afterAll(async () => {
  s3?.destroy();
  await house?.close();
  await command?.remove();
});

const run = (args: string[], options: RunOptions = {}) => command.run(args, { env, ...options });
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(command.folder, name);
  await writeFile(path, content);
  return path;
}

async function openMultiparts() {
  return (await s3.send(new ListMultipartUploadsCommand({ Bucket: house.account.bucket }))).Uploads ?? [];
}

async function sentParts(): Promise<number> {
  const [{ Key, UploadId } = {}] = await openMultiparts();
  if (Key === undefined) return 0;
  const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket: house.account.bucket, Key, UploadId }));
  return Parts.length;
}

async function put(args: string[], options: RunOptions = {}) {
  const ended = await run(['put', '--to', dataset, '--json', ...args], options);
  return { ...ended, items: items.parse(JSON.parse(ended.stdout)).items };
}

test('a file is sent, taken in, and by a rerun nothing is sent', async () => {
  const content = 'id,name\n1,one\n2,two\n';
  const path = await write('rerun.csv', content);
  const first = await put([path, '--wait']);
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const digest = { bytes: content.length, sha256: sha256(content) };
  expect(first.items).toMatchObject([
    { fileName: 'rerun.csv', state: 'taken_in', wasThere: false, content: digest, sent: digest, counts: { read: 2 } },
  ]);
  const again = await put([path]);
  expect(again.items).toMatchObject([{ wasThere: true, uploadId: first.items[0]?.uploadId }]);
  const forced = await put([path, '--force']);
  expect(forced.items).toMatchObject([{ wasThere: false }]);
  expect(forced.items[0]?.uploadId).not.toBe(first.items[0]?.uploadId);
});

test('compressed and encrypted it is taken in too, and a manifest proves what was sent', async () => {
  const content = 'id,name\n3,three\n';
  const path = await write('sealed.csv', content);
  const manifest = join(command.folder, 'manifest.json');
  const { code, items: told } = await put([path, '--gzip', '--encrypt', '--wait', '--manifest', manifest]);
  expect(code).toBe(0);
  expect(told).toMatchObject([{ fileName: 'sealed.csv.gz.age', state: 'taken_in', counts: { read: 1, rejected: 0 } }]);
  const kept: unknown = JSON.parse(await readFile(manifest, 'utf8'));
  expect(kept).toMatchObject({
    dataset,
    gzip: true,
    encryption: { kind: 'age', recipients: [expect.stringMatching(/^[0-9a-f]{4}( [0-9a-f]{4}){3}$/)] },
    files: [{ uploadId: told[0]?.uploadId, content: { bytes: content.length, sha256: sha256(content) } }],
  });
  expect(told[0]?.sent?.sha256).not.toBe(sha256(content));
  // Each encryption is another; the content is what counts.
  expect((await put([path, '--encrypt'])).items).toMatchObject([{ wasThere: true, uploadId: told[0]?.uploadId }]);
});

test('encrypted by OpenPGP for the key of the organization it is taken in', async () => {
  const path = await write('partner.csv', 'id,name\n30,thirty\n');
  const { code, items: told } = await put([path, '--encrypt', '--openpgp', '--wait']);
  expect(code).toBe(0);
  expect(told).toMatchObject([{ fileName: 'partner.csv.gpg', state: 'taken_in', counts: { read: 1, rejected: 0 } }]);
});

test('refused lines are an exit code of their own, and can be had as a file', async () => {
  const path = await write('bad.csv', 'id,name\n4,four\nfive,five\n');
  const refused = await run(['put', path, '--to', dataset, '--wait', '--env']);
  expect(refused.code).toBe(4);
  expect(refused.stderr).toContain("Lines of 'bad.csv' were refused: 1.");
  const [, uploadId = ''] = /^HIKYAKU_UPLOAD_ID=(.+)$/m.exec(refused.stdout) ?? [];
  expect(refused.stdout).toMatch(/^HIKYAKU_REJECTED_ROWS=1$/m);
  expect((await run(['status', uploadId, '--wait', '--allow-rejects'])).code).toBe(0);
  expect((await run(['rejects', uploadId])).stdout).toMatch(/^3: id: /);
  const output = join(command.folder, 'refused.csv');
  expect((await run(['rejects', uploadId, '-o', output])).code).toBe(0);
  expect(await readFile(output, 'utf8')).toContain('five,five,3,');
  expect((await run(['status'])).stdout).toContain(uploadId);
});

test('a large file goes in parts; what a killed run has sent is not sent again', async () => {
  const content = randomBytes(40 * 1024 ** 2);
  const path = await write('large.csv', content);
  const never = Promise.withResolvers<void>();
  const stuck = await openApiFront(house.url, {
    onSign: (numbers) => (numbers.includes(1) ? Promise.resolve() : never.promise),
  });
  const killed = command.start(['put', path, '--to', dataset], { env: { ...env, HIKYAKU_URL: stuck.url } });
  while ((await sentParts()) === 0) await delay(50);
  killed.child.kill('SIGKILL');
  await killed.ended;
  const signed: number[] = [];
  const front = await openApiFront(house.url, { onSign: async (numbers) => void signed.push(...numbers) });
  const { code, items: told } = await put([path], { env: { ...env, HIKYAKU_URL: front.url } });
  expect(code).toBe(0);
  expect(told).toMatchObject([{ wasThere: false, sent: { bytes: content.length, sha256: sha256(content) } }]);
  expect(signed).toEqual([2, 3]);
  await stuck.close();
  await front.close();
});

test('a file that changes while it is sent is not taken for what it was: its upload is cancelled', async () => {
  const path = await write('changing.csv', randomBytes(20 * mebibyte));
  const changed = Promise.withResolvers<void>();
  const front = await openApiFront(house.url, {
    async onSign(numbers) {
      if (!numbers.includes(2)) return;
      await writeFile(path, randomBytes(20 * mebibyte));
      changed.resolve();
    },
  });
  const { code, stderr } = await run(['put', path, '--to', dataset], { env: { ...env, HIKYAKU_URL: front.url } });
  await changed.promise;
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('changed while it was sent') });
  expect(await openMultiparts()).toEqual([]);
  await front.close();
});

test('Tab offers the datasets that there are', async () => {
  expect((await run(['__complete', 'put', 'a.csv', '--to', 'it'])).stdout).toMatch(/^items\t/);
  expect(await run(['__complete', 'put', '--to', ''], { env: {} })).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('behind a proxy both the server and storage are reached through it', async () => {
  const proxy = await openProxy();
  const path = await write('proxied.csv', 'id,name\n20,twenty\n');
  const ended = await put([path], { env: { ...env, HTTP_PROXY: proxy.url } });
  expect(ended).toMatchObject({ code: 0, items: [{ wasThere: false }] });
  expect(new Set(proxy.seen)).toEqual(new Set(['GET', 'POST', 'PUT']));
  proxy.close();
});

test('Ctrl-C ends with 130, and leaves no parts in storage', async () => {
  const { child, ended } = command.start(['put', '-', '--name', 'cancelled.csv', '--to', dataset], {
    env,
    input: (stdin) => void stdin.write(randomBytes(30 * 1024 ** 2)),
  });
  while ((await openMultiparts()).length === 0) await delay(50);
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: 'Stopped.\n' });
  expect(await openMultiparts()).toEqual([]);
});

test('Ctrl-C is not held up by a server that says nothing', async () => {
  const path = await write('held-up.csv', 'id,name\n40,forty\n');
  const [asked, never] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const silent = await openApiFront(house.url, {
    onBegin() {
      asked.resolve();
      return never.promise;
    },
  });
  const { child, ended } = command.start(['put', path, '--to', dataset], { env: { ...env, HIKYAKU_URL: silent.url } });
  await asked.promise;
  const begun = performance.now();
  child.kill('SIGINT');
  expect(await ended).toMatchObject({ code: 130, stderr: 'Stopped.\n' });
  expect(performance.now() - begun).toBeLessThan(15_000);
  await silent.close();
});

test('files of the same content are one upload, also encrypted and at the same time', async () => {
  const content = `id,name\n${Array.from({ length: 20_000 }, (_, id) => `${id + 1_000},twin\n`).join('')}`;
  const paths = await Promise.all(['twin-1.csv', 'twin-2.csv', 'twin-3.csv'].map((name) => write(name, content)));
  const { code, items: told } = await put([...paths, '--encrypt', '--jobs', '3']);
  expect({ code, errors: told.map(({ error }) => error) }).toEqual({ code: 0, errors: [null, null, null] });
  expect(told.filter(({ wasThere }) => !wasThere)).toHaveLength(1);
  expect(new Set(told.map(({ uploadId }) => uploadId)).size).toBe(1);
});

describe('exit codes of what can not be sent', () => {
  test.each<[string, string[], number, string]>([
    ['an ending that the dataset does not take', ['picture.png'], 4, 'not accepted'],
    ['no such file', ['missing.csv'], 2 + 6, 'is not there'],
    ['a folder', ['.'], 2, 'Add -r'],
  ])('%s', async (_, [name = ''], code, text) => {
    if (name === 'picture.png') await write(name, 'x');
    const ended = await run(['put', name, '--to', dataset], { cwd: command.folder });
    expect(ended).toMatchObject({ code, stderr: expect.stringContaining(text) });
  });

  test('of several, what failed is told and the others are sent', async () => {
    const folder = join(command.folder, 'several');
    await mkdir(join(folder, 'below'), { recursive: true });
    await writeFile(join(folder, 'a.csv'), 'id,name\n10,ten\n');
    await writeFile(join(folder, 'below', 'b.csv'), 'id,name\n11,eleven\n');
    await writeFile(join(folder, 'below', 'c.txt'), 'x');
    const { code, items: told, stderr } = await put(['-r', folder]);
    expect(code).toBe(3);
    expect(stderr).toContain('1 of 3 failed.');
    const codes = told.map(({ path, error }) => [path.slice(folder.length + 1), error?.code ?? 'sent']);
    expect(Object.fromEntries(codes)).toEqual({
      'a.csv': 'sent',
      'below/b.csv': 'sent',
      'below/c.txt': 'unsupported-file-type',
    });
  });

  test('a dataset that is not there, a token that is not right, a server that is not there', async () => {
    const path = await write('codes.csv', 'id\n1\n');
    const named = (to: string, changed: Record<string, string>) =>
      run(['put', path, '--to', to], { env: { ...env, ...changed } });
    expect(await named('nothing', {})).toMatchObject({ code: 8, stderr: expect.stringContaining('items') });
    const wrong = `hky_${'x'.repeat(43)}`;
    const refused = await named(dataset, { HIKYAKU_TOKEN: wrong });
    expect(refused.code).toBe(6);
    expect(refused.stderr + refused.stdout).not.toContain(wrong);
    expect((await named(dataset, { HIKYAKU_URL: 'http://example.com' })).code).toBe(2);
  });
});

test('login keeps the token for this user alone, and only where it works', async () => {
  const config = join(command.folder, 'config');
  const kept = { XDG_CONFIG_HOME: config };
  const args = ['login', '--url', house.url];
  expect((await run(args, { env: kept, input: `hky_${'x'.repeat(43)}` })).code).toBe(6);
  const login = await run(args, { env: kept, input: `${house.token}\n` });
  expect(login).toMatchObject({ code: 0, stderr: expect.stringContaining(dataset) });
  expect(login.stdout + login.stderr).not.toContain(house.token);
  const path = join(config, 'hikyaku', 'credentials.json');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await run(['status'], { env: kept })).code).toBe(0);
  // A token goes nowhere but where it is from.
  expect((await run(['status'], { env: { ...kept, HIKYAKU_URL: 'http://127.0.0.1:9' } })).code).toBe(6);
  expect((await run(['logout'], { env: kept })).code).toBe(0);
  expect((await run(['status'], { env: kept })).code).toBe(6);
});

test(
  'a stream from standard input, encrypted, is sent in less than 256 MiB of memory, however long it is',
  { timeout: 60_000 + streamMebibytes * 500 },
  async () => {
    const piece = randomBytes(mebibyte);
    const begun = performance.now();
    const { child, ended } = command.start(['put', '-', '--name', 'long.csv', '--encrypt', '--to', dataset, '--json'], {
      env,
      input: (stdin) => void pipeline(Readable.from(repeated(piece, streamMebibytes)), stdin),
    });
    let peakBytes = 0;
    const over = new AbortController();
    const watching = (async () => {
      while (!over.signal.aborted) {
        peakBytes = Math.max(peakBytes, await peakOf(child.pid ?? 0));
        await delay(20);
      }
    })();
    const { code, stdout, stderr } = await ended;
    over.abort();
    await watching;
    const seconds = (performance.now() - begun) / 1_000;
    process.stdout.write(
      `${streamMebibytes} MiB in ${seconds.toFixed(1)} s, peak ${(peakBytes / mebibyte).toFixed(0)} MiB\n`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(items.parse(JSON.parse(stdout)).items).toMatchObject([
      { fileName: 'long.csv.age', content: { bytes: streamMebibytes * mebibyte }, wasThere: false },
    ]);
    expect(peakBytes).toBeGreaterThan(0);
    expect(peakBytes).toBeLessThan(mostBytes);
  },
);

function* repeated(piece: Uint8Array, times: number): Generator<Uint8Array> {
  for (let count = 0; count < times; count += 1) yield piece;
}

/** What the kernel has seen of a process at most; 0 once it has ended. */
async function peakOf(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const [, kibibytes = '0'] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? [];
  return Number(kibibytes) * 1024;
}

test("a file in parts and a stream have receipts whose digest is the sender's, and which login is enough to check", async () => {
  const config = { XDG_CONFIG_HOME: join(command.folder, 'receipts-config') };
  const loggedIn = await run(['login', '--url', house.url], { env: config, input: `${house.token}\n` });
  expect(loggedIn.code).toBe(0);
  const rows = Array.from({ length: 200_000 }, (_, index) => `${index},${'x'.repeat(90)}\n`);
  const path = await write('receipt.csv', `id,name\n${rows.join('')}`);
  const small = await write('receipt-stream.csv', 'id,name\n1,stream\n');
  const sendings = [
    run(['put', path, '--to', dataset, '--wait', '--json']),
    run(['put', '-', '--name', 'stream.csv', '--to', dataset, '--wait', '--json'], { input: await readFile(small) }),
  ];
  for (const [sending, file] of [
    [sendings[0], path],
    [sendings[1], small],
  ] as const) {
    const { uploadId } = items.parse(JSON.parse((await sending)?.stdout ?? '')).items[0] ?? {};
    const receipt = `${file}.receipt.json`;
    expect((await run(['receipt', uploadId ?? '', '-o', receipt], { env: config })).code).toBe(0);
    const verified = await run(['verify-receipt', receipt, file, '--json'], { env: config });
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ file: 'same', receipt: { comparison: 'same' } });
    await writeFile(receipt, (await readFile(receipt, 'utf8')).replace('"taken_in"', '"stored"'));
    expect((await run(['verify-receipt', receipt], { env: config })).code).toBe(1);
  }
});
