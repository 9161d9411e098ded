import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { HikyakuError } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { spoolFile } from './spool-file.ts';

const spooled = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('hikyaku-spool-'));

async function* threeParts() {
  for (let i = 0; i < 3; i++) {
    expect(await spooled()).toEqual([]);
    yield Buffer.from(`part ${i} `);
  }
}

test('what is spooled can be read in any order, and has no name while it is written', async () => {
  const file = await spoolFile(threeParts(), 100);
  const { mode, size, nlink } = await file.stat();
  expect({ mode: mode & 0o777, size, nlink }).toEqual({ mode: 0o600, size: 21, nlink: 0 });
  const { buffer } = await file.read(Buffer.alloc(6), 0, 6, 7);
  expect(buffer.toString()).toBe('part 1');
  await file.close();
});

test('more than may be is refused, and a source that fails is told as it is', async () => {
  const failure = new HikyakuError('damaged-encryption');
  async function* source() {
    yield Buffer.alloc(60);
    yield Buffer.alloc(60);
    throw failure;
  }
  await expect(spoolFile(source(), 100)).rejects.toMatchObject({
    code: 'workbook-too-large',
    details: { limitBytes: 100 },
  });
  await expect(spoolFile(source(), 1_000)).rejects.toBe(failure);
  expect(await spooled()).toEqual([]);
});
