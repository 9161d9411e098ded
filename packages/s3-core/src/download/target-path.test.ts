import { lstat, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hostileKeys } from '../../test/hostile-keys.ts';
import { pathInFolder, prepareTarget } from './target-path.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-target-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('of all hostile keys none leads outside, and no two to one file', () => {
  const paths = new Map<string, string>();
  for (const key of hostileKeys) {
    let path: string;
    try {
      path = pathInFolder(folder, key, 'linux');
    } catch (error) {
      expect(error).toMatchObject({ code: 'unsafe-name', retriable: false });
      continue;
    }
    expect(path.startsWith(`${folder}/`)).toBe(true);
    // The key itself comes back from the path: nothing was cleaned, joined or cut.
    expect(path.slice(folder.length + 1)).toBe(key);
    expect(paths.get(path)).toBeUndefined();
    paths.set(path, key);
  }
  expect(hostileKeys.length).toBeGreaterThanOrEqual(120);
  expect(paths.size).toBeGreaterThan(50);
});

test.each(['', '.', '..', '../x', 'a/../b', 'a/..', '/etc/passwd', 'a//b', 'a/', './a', 'a\0b', '.hikyaku-0-1.part'])(
  '%j can be no file in a folder',
  (key) => {
    expect(() => pathInFolder(folder, key, 'linux')).toThrow(expect.objectContaining({ code: 'unsafe-name' }));
  },
);

test.each(['CON', 'nul.txt', 'com1', 'a:b', 'a\\b', 'x?', 'a.', 'a ', 'a\nb', 'C:x'])(
  'on Windows %j neither',
  (key) => {
    expect(() => pathInFolder(folder, key, 'win32')).toThrow(expect.objectContaining({ code: 'unsafe-name' }));
  },
);

test('folders are made on the way, and a link that leads outside is not followed', async () => {
  const outside = await mkdtemp(join(tmpdir(), 'hikyaku-outside-'));
  try {
    expect(await prepareTarget(folder, 'a/b/c.csv')).toBe(join(folder, 'a/b/c.csv'));
    expect((await lstat(join(folder, 'a/b'))).isDirectory()).toBe(true);
    await symlink(outside, join(folder, 'link'));
    await expect(prepareTarget(folder, 'link/new/x')).rejects.toMatchObject({ code: 'unsafe-name' });
    expect(await readdir(outside)).toEqual([]);
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'inner'));
    expect(await prepareTarget(folder, 'inner/x')).toBe(join(folder, 'inner/x'));
    await writeFile(join(folder, 'file'), '');
    await expect(prepareTarget(folder, 'file/x')).rejects.toMatchObject({ code: 'target-unusable' });
  } finally {
    await rm(outside, { recursive: true, force: true });
  }
});
