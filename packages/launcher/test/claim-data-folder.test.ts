import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { claimDataFolder } from '../src/claim-data-folder.ts';

async function folderWith(...files: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-folder-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const file of files) await writeFile(join(folder, file), '');
  return folder;
}

test('beginning anew empties a folder that a launcher has used', async () => {
  const folder = await folderWith('secrets.json', 'demo.csv');
  await claimDataFolder(folder, { fresh: true });
  expect(await readdir(folder)).toEqual(['launcher.pid']);
});

test('beginning anew never deletes files that are somebody else’s', async () => {
  const folder = await folderWith('letter.txt');
  await expect(claimDataFolder(folder, { fresh: true })).rejects.toThrow('not of Hikyaku');
  expect(await readdir(folder)).toEqual(['letter.txt']);
});

test('an ordinary start keeps what is there, and gives the folder back at its end', async () => {
  const folder = await folderWith('secrets.json');
  const release = await claimDataFolder(folder, { fresh: false });
  expect(await readdir(folder)).toEqual(['launcher.pid', 'secrets.json']);
  await release();
  expect(await readdir(folder)).toEqual(['secrets.json']);
});
