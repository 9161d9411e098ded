import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { benchPrograms } from '../src/bench-programs.ts';
import { repositoryRoot } from '../src/paths.ts';

const matchesOf = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map(([, id]) => id))];

test.each(benchPrograms)('the goals of $folder are those that its rows name', async ({ folder, goalIds }) => {
  const files = (await readdir(join(repositoryRoot, folder))).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(join(repositoryRoot, folder, name), 'utf8')));
  expect(new Set(matchesOf(texts.join('\n'), /goalId: '(P\d+)'/g))).toEqual(new Set(goalIds));
});

test.each(benchPrograms)('the document has a place for what $folder measures', async ({ folder }) => {
  const text = await readFile(join(repositoryRoot, 'docs/performance.md'), 'utf8');
  expect(text).toContain(`<!-- npm run bench (${folder}) writes from here -->`);
});

test('whatever the document tells of, the bench has to bring, or to say why it did not', async () => {
  const text = await readFile(join(repositoryRoot, 'docs/performance.md'), 'utf8');
  const measured: string[] = benchPrograms.flatMap(({ goalIds }) => [...goalIds]);
  const told = matchesOf(text, /\*\*(P\d+)\*\*/g);
  expect(told).toEqual(expect.arrayContaining(['P10', 'P13']));
  expect(measured).toEqual(expect.arrayContaining(told));
});
