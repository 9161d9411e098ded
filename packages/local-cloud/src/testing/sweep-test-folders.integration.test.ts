import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLocalCloud } from '../start-local-cloud.ts';
import { sweepTestFolders, testFolderPrefix } from './sweep-test-folders.ts';

test('clears away what runs left that are over, and nothing of one that goes on or begins', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'hikyaku-sweep-'));
  const folder = (name: string) => join(parent, `${testFolderPrefix}${name}`);
  const goesOn = await startLocalCloud({ dataFolder: folder('goes-on'), parts: new Set(['mail']) });
  const over = await startLocalCloud({ dataFolder: folder('over'), parts: new Set(['mail']) });
  await over.stop();
  await mkdir(folder('begins'));
  await mkdir(folder('broke-off'));
  await utimes(folder('broke-off'), 0, 0);
  await mkdir(join(parent, 'of-somebody-else'));

  await sweepTestFolders(parent);

  expect((await readdir(parent)).toSorted()).toEqual(
    [`${testFolderPrefix}begins`, `${testFolderPrefix}goes-on`, 'of-somebody-else'].toSorted(),
  );
  await goesOn.stop();
  await rm(parent, { recursive: true });
});
