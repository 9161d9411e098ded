import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deleteLogin, loginPath, readLogin, writeLogin } from './kept-login.ts';

const login = { url: 'https://h.example', token: 'hky_secret' };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hikyaku-login-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('what is kept is for its user alone, and comes back', async () => {
  const config = join(folder, 'a', 'hikyaku');
  expect(await readLogin(config)).toBeUndefined();
  await writeLogin(config, login);
  await writeLogin(config, login);
  expect(await readLogin(config)).toEqual(login);
  expect((await stat(loginPath(config))).mode & 0o777).toBe(0o600);
  expect((await stat(config)).mode & 0o777).toBe(0o700);
  expect(await readdir(config)).toHaveLength(1);
});

test.each([0o640, 0o604, 0o620])('a file of mode %o is not used', async (mode) => {
  await chmod(await writeLogin(folder, login), mode);
  await expect(readLogin(folder)).rejects.toMatchObject({ code: 'token-file-open' });
});

test.each(['', '{}', '[1]', '{"url": 1, "token": "x"}'])('%j is not what login writes', async (text) => {
  await writeFile(loginPath(folder), text, { mode: 0o600 });
  await expect(readLogin(folder)).rejects.toMatchObject({ code: 'token-file-damaged' });
});

test('what is gone need not be deleted', async () => {
  await writeLogin(folder, login);
  expect([await deleteLogin(folder), await deleteLogin(folder)]).toEqual([true, false]);
});
