import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runProgram } from '../run-program.ts';
import type { Check } from './check.ts';

const report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/**
 * The projects of the root's vitest.config.ts whose names begin so. A file that could not even load counts as failed, and so does
 * a skipped test.
 */
export function vitestCheck(project: string, reportFolder: string): Check {
  return {
    name: `${project} tests`,
    async run() {
      const file = join(reportFolder, `${project}.json`);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const args = ['run', '--project', `${project}*`, ...reporters];
      const { exitCode, output, seconds } = await runProgram('vitest', args, { env: { NO_COLOR: '1' } });
      const text = await readFile(file, 'utf8').catch(() => undefined);
      const counts = text === undefined ? { passed: 0, failed: 1 } : countTests(text);
      const failed = exitCode === 0 ? counts.failed : Math.max(counts.failed, 1);
      return { name: `${project} tests`, passed: counts.passed, failed, seconds, output };
    },
  };
}

export function countTests(reportText: string): { passed: number; failed: number } {
  const parsed = report.parse(JSON.parse(reportText));
  const unloadable = parsed.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  return {
    passed: parsed.numPassedTests,
    failed: parsed.numFailedTests + parsed.numPendingTests + parsed.numTodoTests + unloadable,
  };
}
