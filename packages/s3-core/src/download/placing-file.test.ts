import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PlacingFile } from './placing-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-placing-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** 2 MiB in blocks, the last ones first; each write takes as long as told. */
async function fill(millisecondsOf: (nth: number) => number): Promise<{ found: Buffer; content: Buffer }> {
  const blockBytes = 200_000;
  const content = Buffer.from(Array.from({ length: 2 * 1024 ** 2 }, (_, index) => (index * 7) % 251));
  const path = join(folder, 'file');
  const file = await open(path, 'w');
  const placing = new PlacingFile(file);
  let now = 0;
  let nth = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += millisecondsOf(nth++)));
  for (let at = content.length - (content.length % blockBytes); at >= 0; at -= blockBytes) {
    await placing.write(content.subarray(at, at + blockBytes), at);
  }
  await file.close();
  return { found: await readFile(path), content };
}

test.each([
  ['at once', () => 0],
  ['slowly', () => 100],
  ['now and then slowly', (nth: number) => (nth === 3 ? 100 : 0)],
])('every byte comes to its place, where the system takes it %s', async (_, millisecondsOf) => {
  const { found, content } = await fill(millisecondsOf);
  expect(found.equals(content)).toBe(true);
});

test('what can not be written is told as such', async () => {
  await fill(() => 0);
  const file = await open(join(folder, 'file'), 'r');
  await expect(new PlacingFile(file).write(Buffer.from('x'), 0)).rejects.toMatchObject({ code: 'target-unusable' });
  await file.close();
});
