import { runProgram } from '../run-program.ts';
import type { Check } from './check.ts';

/** A program that says by its exit code whether all is well: one passed or one failed. */
export function programCheck(name: string, program: string, args: readonly string[]): Check {
  return {
    name,
    async run() {
      const { exitCode, output, seconds } = await runProgram(program, args, { env: { NO_COLOR: '1' } });
      const isGood = exitCode === 0;
      return { name, passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, seconds, output };
    },
  };
}
