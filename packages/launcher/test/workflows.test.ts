import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { repositoryRoot } from '../src/paths.ts';

const folder = join(repositoryRoot, '.github/workflows');
const workflow = z.object({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.object({
      permissions: z.record(z.string(), z.string()).optional(),
      'timeout-minutes': z.number(),
      steps: z.array(
        z.object({
          uses: z.string().optional(),
          run: z.string().optional(),
          with: z.record(z.string(), z.unknown()).optional(),
        }),
      ),
    }),
  ),
});
const files = readdirSync(folder);

describe.each(files)('%s', (file) => {
  const text = readFileSync(join(folder, file), 'utf8');
  const { permissions, jobs } = workflow.parse(parse(text));
  const steps = Object.values(jobs).flatMap((job) => job.steps);

  test('pins every action by its commit, and names the version beside it', () => {
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
    for (const line of text.split('\n').filter((one) => one.includes('uses:')))
      expect(line).toMatch(/ # v\d+\.\d+\.\d+$/);
  });

  test('may read the repository and write nothing', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.values(jobs).map((job) => job.permissions)).toEqual(Object.values(jobs).map(() => undefined));
  });

  test('leaves no credentials in the checkout, and puts nothing of an event into a shell', () => {
    for (const step of steps) {
      if (step.uses?.startsWith('actions/checkout@')) expect(step.with).toMatchObject({ 'persist-credentials': false });
      expect(step.run ?? '').not.toContain('${{');
    }
  });
});

test('what CI runs is what everybody runs', () => {
  const { jobs } = workflow.parse(parse(readFileSync(join(folder, 'test.yml'), 'utf8')));
  expect(jobs['test']?.steps.flatMap(({ run }) => run ?? [])).toEqual(['npm test']);
  expect(readFileSync(join(repositoryRoot, '.ci/run'), 'utf8')).toContain('exec npm test\n');
});
