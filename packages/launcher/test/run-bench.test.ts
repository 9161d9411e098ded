import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runBench } from '../src/run-bench.ts';

const folder = 'packages/launcher/test/small-bench';
const empty = `<!-- npm run bench (${folder}) writes from here -->\n\n<!-- to here -->\n`;

let document: string;
let printed: string;

beforeEach(async () => {
  printed = '';
  document = join(await mkdtemp(join(tmpdir(), 'hikyaku-bench-')), 'performance.md');
  await writeFile(document, empty);
});
afterEach(() => rm(join(document, '..'), { recursive: true }));

const run = (exitCode: number, goalIds: readonly string[]) =>
  runBench(
    { folder, goalIds },
    {
      args: [String(exitCode)],
      signal: new AbortController().signal,
      print(text) {
        printed += text;
      },
      document,
    },
  );

test('a bench that came to its end is written down, with what it told nothing of', async () => {
  expect(await run(0, ['P1', 'P2'])).toBe(true);
  expect(await readFile(document, 'utf8')).toMatch(/\| P1 .*\n\| P2 /);
  expect(await run(0, ['P1', 'P2', 'P3'])).toBe(false);
  expect(await readFile(document, 'utf8')).toContain(`- **P3**: not measured: ${folder} told nothing of it`);
});

test('a bench that breaks off is not written down, though it told of every goal, and says why', async () => {
  expect(await run(3, ['P1', 'P2'])).toBe(false);
  expect(printed).toContain(`${folder} ended with 3`);
  expect(printed).toContain('| P1 |');
  expect(await readFile(document, 'utf8')).toBe(empty);
});
