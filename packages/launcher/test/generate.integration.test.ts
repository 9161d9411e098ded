import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../src/generators/generate.ts';
import { repositoryRoot } from '../src/paths.ts';
import { runProgram } from '../src/run-program.ts';

let root: string;

const rootFiles = ['.dependency-cruiser.mjs', '.oxfmtrc.json', '.oxlintrc.json', 'README.md', 'package.json'];
const notCopied = /\/(\.next(-test)?|\.turbo|e2e)$/;

/** A copy of the sources, on the packages that are installed. */
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'hikyaku-generate-'));
  for (const file of rootFiles) await cp(join(repositoryRoot, file), join(root, file));
  await symlink(join(repositoryRoot, 'node_modules'), join(root, 'node_modules'));
  for (const folder of ['apps', 'packages']) {
    await cp(join(repositoryRoot, folder), join(root, folder), {
      recursive: true,
      // The links to what is installed lead back to the repository.
      verbatimSymlinks: false,
      filter: (source) => !notCopied.test(source),
    });
  }
});

afterAll(() => rm(root, { recursive: true, force: true }));

const read = (file: string) => readFile(join(root, file), 'utf8');

async function passes(program: string, ...args: string[]): Promise<void> {
  const { exitCode, output } = await runProgram(program, args, { cwd: root });
  expect({ exitCode, output: exitCode === 0 ? '' : output }).toEqual({ exitCode: 0, output: '' });
}

test('a new procedure is in the router and in the isolation test, and passes types, lint and format', async () => {
  await generate(root, 'procedure', ['files.renameAll', 'mutation', 'operator']);
  await generate(root, 'procedure', ['shareLinks.list', 'query', 'uploader']);
  expect(await read('apps/api/src/router.ts')).toMatch(/files: router\(\{\n {4}renameAll: renameAllFilesProcedure,/);
  expect(await read('apps/api/src/router.ts')).toContain('shareLinks: router({ list: listShareLinksProcedure }),');
  expect(await read('apps/api/test/isolation.integration.test.ts')).toContain("'shareLinks.list': {");
  await passes('tsc', '--noEmit', '-p', 'apps/api');
  await passes('oxlint', '--deny-warnings', 'apps/api/src');
  await passes('oxfmt', '--check', 'apps/api');
});

test('a new package has its row in the README and its import rule, and passes lint and format', async () => {
  await generate(root, 'package', ['share-links', 'short links & their audit']);
  expect(await read('README.md')).toMatch(/\| `packages\/share-links` +\| short links & their audit +\|/);
  expect(await read('.dependency-cruiser.mjs')).toContain("'packages/share-links': [],");
  expect(await read('packages/share-links/src/index.ts')).toBe("export { shareLinks } from './share-links.ts';\n");
  await passes('oxlint', '--deny-warnings', 'packages/share-links');
  await passes('oxfmt', '--check', 'packages/share-links', 'README.md', '.dependency-cruiser.mjs');
});

test('what is there already is left alone', async () => {
  const before = await read('apps/api/src/procedures/files/list.ts');
  await expect(generate(root, 'procedure', ['files.list', 'query', 'uploader'])).rejects.toThrow('already exists');
  expect(await read('apps/api/src/procedures/files/list.ts')).toBe(before);
});

test('a name that would not fit is refused with how it should be', async () => {
  await expect(generate(root, 'package', ['Share Links', 'short links'])).rejects.toThrow('single hyphens');
  await expect(generate(root, 'procedure', ['rename', 'mutation', 'operator'])).rejects.toThrow('An area and a verb');
});
