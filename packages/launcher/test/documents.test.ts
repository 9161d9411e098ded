import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { repositoryRoot } from '../src/paths.ts';

const documents = globSync(['*.md', 'docs/**/*.md', '.github/*.md'], { cwd: repositoryRoot });
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(repositoryRoot, 'package.json'), 'utf8')));

const commandsOf = (text = '') => [...text.matchAll(/```bash\n.*?```/gs)].map(String);
const variablesOf = (text = '') => new Set([...text.matchAll(/`([A-Z][A-Z0-9_]+)(?:=1)?`/g)].map(([, name]) => name));

test('README.md and README.ja.md tell the same commands and variables', () => {
  const [english, japanese] = ['README.md', 'README.ja.md'].map((name) =>
    readFileSync(join(repositoryRoot, name), 'utf8').replaceAll('Accept-Language: ja', 'Accept-Language: en'),
  );
  expect(commandsOf(japanese)).toEqual(commandsOf(english));
  expect(variablesOf(japanese)).toEqual(variablesOf(english));
});

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
