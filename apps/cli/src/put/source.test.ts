import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listSources } from './source.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-sources-'));
  await mkdir(join(folder, 'in', 'deep'), { recursive: true });
  for (const name of ['b.csv', 'a.csv', 'in/c.csv', 'in/deep/d.csv']) await writeFile(join(folder, name), name);
  await symlink(folder, join(folder, 'in', 'circle'));
  await symlink(join(folder, 'a.csv'), join(folder, 'in', 'link.csv'));
});
afterEach(() => rm(folder, { recursive: true }));

const namesOf = async (paths: string[], isRecursive: boolean) =>
  (await Array.fromAsync(listSources(paths, isRecursive))).map(({ name }) => name);

test('a folder is read in the order of its names, and never around in a circle', async () => {
  expect(await namesOf([folder], true)).toEqual(['a.csv', 'b.csv', 'in/c.csv', 'in/deep/d.csv', 'in/link.csv']);
});

test('a folder that nobody said to go into, and a file that is not there, are told', async () => {
  await expect(namesOf([folder], false)).rejects.toMatchObject({ code: 'is-folder' });
  await expect(namesOf([join(folder, 'none')], true)).rejects.toMatchObject({ code: 'file-missing' });
});

test('what is gone when it is read is told as that', async () => {
  const [source] = await Array.fromAsync(listSources([join(folder, 'a.csv')], false));
  await rm(join(folder, 'a.csv'));
  await expect(Array.fromAsync(source?.open() ?? [])).rejects.toMatchObject({ code: 'file-missing' });
  const sources = listSources([folder], true);
  await sources.next();
  await rm(join(folder, 'in'), { recursive: true });
  await expect(Array.fromAsync(sources)).rejects.toMatchObject({ code: 'file-missing' });
});

test('a file that is written to meanwhile is noticed', async () => {
  const path = join(folder, 'a.csv');
  const [source] = await Array.fromAsync(listSources([path], false));
  expect(await source?.file?.hasChanged()).toBe(false);
  await writeFile(path, 'another content');
  expect(await source?.file?.hasChanged()).toBe(true);
  await rm(path);
  expect(await source?.file?.hasChanged()).toBe(true);
});
