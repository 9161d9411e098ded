import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs a short-lived program to its end and returns what it printed; throws with the end of its complaint. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: { timeoutMilliseconds?: number; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  try {
    const { stdout } = await run(command, [...args], {
      timeout: options.timeoutMilliseconds ?? 60_000,
      maxBuffer: 16 * 1024 * 1024,
      env: options.env ?? process.env,
    });
    return stdout;
  } catch (error) {
    const complaint = error instanceof Error && 'stderr' in error ? String(error.stderr).trim().slice(-1000) : '';
    throw new Error(`${command} ${args[0] ?? ''} failed${complaint === '' ? '' : `: ${complaint}`}`, { cause: error });
  }
}
