import { join } from 'node:path';
import { type BenchLine, benchLine, benchTable, notMeasured } from '@hikyaku/bench';
import { machine } from './machine.ts';
import { repositoryRoot } from './paths.ts';
import { runProgram } from './run-program.ts';
import { writeBetweenMarks } from './write-between-marks.ts';

export interface BenchProgram {
  /** With a `main.ts`, from the root of the repository. */
  folder: string;
  goalIds: readonly string[];
}

/**
 * Runs a bench, prints its table and, where it came to its end, writes it into the document. Of a goal of which it told some rows
 * before it broke off nobody knows what the others would have said.
 *
 * @param options.document left out, nothing is written
 * @returns whether it came to its end and told of all its goals
 * @throws `AbortError` where it was told to stop
 */
export async function runBench(
  { folder, goalIds }: BenchProgram,
  options: { args: readonly string[]; signal: AbortSignal; print: (text: string) => void; document?: string },
): Promise<boolean> {
  const { args, signal, print, document } = options;
  const { exitCode, rows } = await benchLines(join(repositoryRoot, folder, 'main.ts'), args, { signal, print });
  const isWhole = exitCode === 0;
  const ending = `${folder} ended with ${exitCode}`;
  const missing = notMeasured(goalIds, rows, isWhole ? `${folder} told nothing of it` : ending);
  const text = `Measured ${machine()}, embedded parts with durable writes.\n\n${benchTable([...rows, ...missing])}`;
  print(`\n${text}\n`);
  if (!isWhole) print(`\n${ending}: its table is not written down.\n`);
  else if (document !== undefined) await writeBetweenMarks(document, `bench (${folder})`, text);
  return isWhole && missing.length === 0;
}

/** The lines of the table; whatever else it says is printed as it comes. */
async function benchLines(
  program: string,
  args: readonly string[],
  { signal, print }: { signal: AbortSignal; print: (text: string) => void },
): Promise<{ exitCode: number | null; rows: BenchLine[] }> {
  let rest = '';
  const rows: BenchLine[] = [];
  const { exitCode } = await runProgram(process.execPath, [program, ...args], {
    signal,
    onOutput(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('{')) rows.push(benchLine.parse(JSON.parse(line)));
        else print(`${line}\n`);
      }
    },
  });
  return { exitCode, rows };
}
