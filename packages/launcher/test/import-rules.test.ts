import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../src/paths.ts';
import { runProgram } from '../src/run-program.ts';

/** Runs the repository's rules on a small tree of its own. */
async function cruise(files: Record<string, string>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hikyaku-imports-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const config = join(repositoryRoot, '.dependency-cruiser.mjs');
    const { output } = await runProgram(
      process.execPath,
      [
        join(repositoryRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        config,
        '--output-type',
        'err',
        'apps',
        'packages',
      ],
      { cwd: folder },
    );
    return output;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const product = {
  'packages/types/src/index.ts': 'export const word = 1;\n',
  'packages/datasets/src/reading/index.ts': 'export const reading = 1;\n',
  'packages/db/src/index.ts': "import { word } from '../../types/src/index.ts';\nexport const row = word;\n",
  'apps/api/src/index.ts':
    "import { row } from '../../../packages/db/src/index.ts';\nexport const answer: number = row;\nexport type Answer = number;\n",
};

test('allowed imports pass', async () => {
  expect(await cruise(product)).toContain('no dependency violations found');
});

test.each([
  [
    'the portal must not reach the database',
    'apps/portal/src/page.ts',
    "import { row } from '../../../packages/db/src/index.ts';\nexport const page = row;\n",
    'portal-imports',
  ],
  [
    'the portal must not run code of the api',
    'apps/portal/src/page.ts',
    "import { answer } from '../../api/src/index.ts';\nexport const page = answer;\n",
    'portal-imports',
  ],
  [
    'the command must not read files as the worker does',
    'apps/cli/src/command.ts',
    "import { reading } from '../../../packages/datasets/src/reading/index.ts';\nexport const command = reading;\n",
    'texts-of-datasets-alone',
  ],
  [
    'a package must not import an app',
    'packages/types/src/up.ts',
    "import { answer } from '../../../apps/api/src/index.ts';\nexport const up = answer;\n",
    'types-imports',
  ],
  [
    'types must not import the database',
    'packages/types/src/down.ts',
    "import { row } from '../../db/src/index.ts';\nexport const down = row;\n",
    'types-imports',
  ],
])('%s', async (_rule, path, text, name) => {
  expect(await cruise({ ...product, [path]: text })).toContain(`error ${name}`);
});

test('the portal may know the types of the api', async () => {
  const page = "import type { Answer } from '../../api/src/index.ts';\nexport const page: Answer = 1;\n";
  expect(await cruise({ ...product, 'apps/portal/src/page.ts': page })).toContain('no dependency violations found');
});
