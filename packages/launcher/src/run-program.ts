import { spawn } from 'node:child_process';
import { repositoryRoot } from './paths.ts';

export interface ProgramResult {
  exitCode: number | null;
  /** Of both, as it came. */
  output: string;
  /** Of standard output alone. */
  stdout: string;
  seconds: number;
}

/** Runs a program of the repository to its end and keeps what it printed. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: {
    cwd?: string;
    env?: Record<string, string>;
    signal?: AbortSignal;
    /** What it is told to stop with. Default SIGTERM. */
    stopSignal?: NodeJS.Signals;
    onOutput?: (text: string) => void;
  } = {},
): Promise<ProgramResult> {
  const begin = Date.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? repositoryRoot,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.signal ? { signal: options.signal, killSignal: options.stopSignal ?? 'SIGTERM' } : {}),
    });
    let [output, stdout] = ['', ''];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (stream === child.stdout) stdout += text;
        options.onOutput?.(text);
      });
    }
    let failure: Error | undefined;
    child.once('error', (error) => {
      // Told to stop it is still there for a moment: settled only when it is gone.
      if (child.pid === undefined) reject(error);
      failure = error;
    });
    child.once('close', (exitCode) => {
      if (failure) reject(failure);
      else resolve({ exitCode, output, stdout, seconds: (Date.now() - begin) / 1_000 });
    });
  });
}
