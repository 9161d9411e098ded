import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { repositoryRoot } from '../src/paths.ts';

const documents = globSync(['*.md', 'docs/**/*.md', '.github/*.md'], { cwd: repositoryRoot });
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));

describe.each(documents)('%s', (document) => {
  const text = readFileSync(join(repositoryRoot, document), 'utf8');

  test('links to nothing that is not there', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, path = '']) => path);
    const missing = links.filter((path) => !existsSync(join(repositoryRoot, dirname(document), path)));
    expect(missing).toEqual([]);
  });

  test('names no file or folder that is not there', () => {
    const named = [...text.matchAll(/`((?:apps|packages|docs|\.github)\/[\w./()[\]-]*)`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.filter((path) => !existsSync(join(repositoryRoot, path)))).toEqual([]);
  });

  test('names no command that npm does not know', () => {
    const named = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
