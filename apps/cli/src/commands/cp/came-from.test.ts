import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCameFrom } from './came-from.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-came-from-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('a path is found with the first address that it came from, of those before', async () => {
  await using cameFrom = await openCameFrom(folder);
  await cameFrom.note('2026/a.csv', 1);
  await cameFrom.note('2026/a.csv', 2);
  expect(await cameFrom.findBefore('2026/a.csv', 1)).toBeUndefined();
  expect(await cameFrom.findBefore('2026/a.csv', 3)).toBe(1);
  expect(await cameFrom.findBefore('2026/b.csv', 3)).toBeUndefined();
});

const pathBytes = 8_000;
/** Letters of its own, not a reference to those of another. */
const pathOf = (index: number) => Buffer.from(`${index}.csv`.padStart(pathBytes, 'x')).toString('latin1');

test('many paths take no memory, and nothing of them is left behind', async () => {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  const heapBytes = () => {
    if (typeof collect === 'function') collect();
    return process.memoryUsage().heapUsed;
  };
  const count = 1_000;
  {
    await using cameFrom = await openCameFrom(folder);
    await cameFrom.note(pathOf(count), 0);
    const before = heapBytes();
    for (let index = 0; index < count; index += 1) await cameFrom.note(pathOf(index), 0);
    expect(heapBytes() - before).toBeLessThan((count * pathBytes) / 4);
    expect(await cameFrom.findBefore(pathOf(count - 1), 1)).toBe(0);
  }
  expect(await readdir(folder)).toEqual([]);
});
