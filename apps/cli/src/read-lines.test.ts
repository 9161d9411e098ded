import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-lines-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const keys = ['売上/令和8年.csv', '', 'a b.csv', ...Array.from({ length: 5_000 }, (_, day) => `日/${day}.csv`)];

describe.each<[string, Uint8Array]>([
  ['UTF-8', Buffer.from(keys.join('\n'))],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${keys.join('\r\n')}\r\n`)],
  ['UTF-16, as Windows redirects what is printed', Buffer.from(`\uFEFF${keys.join('\r\n')}\r\n`, 'utf16le')],
])('a list in %s', (_, bytes) => {
  test('is read line by line from a file', async () => {
    const path = join(folder, 'keys.txt');
    await writeFile(path, bytes);
    expect(await Array.fromAsync(readLines({ stdin: Readable.from([]) }, path))).toEqual(keys);
  });

  test('is read line by line from standard input, wherever its pieces end', async () => {
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, n) => bytes.subarray(n * 7, n * 7 + 7));
    expect(await Array.fromAsync(readLines({ stdin: Readable.from(pieces) }, '-'))).toEqual(keys);
  });
});

test('what ends standard input ends the list', async () => {
  const stdin = new Readable({ read: () => undefined });
  const read = Array.fromAsync(readLines({ stdin }, '-'));
  stdin.push('a.csv\n');
  setImmediate(() => stdin.destroy(new Error('stopped')));
  await expect(read).rejects.toThrow('stopped');
});
