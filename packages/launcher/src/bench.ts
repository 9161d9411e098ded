import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchLine, benchLine, benchTable, notMeasured } from '@hikyaku/bench';
import { onceStopped } from '@hikyaku/local-cloud/process';
import { benchPrograms } from './bench-programs.ts';
import {
  browserPackages,
  downloaderPackages,
  ensureDebianPackages,
  objectStorePackages,
  shellPipelinePackages,
} from './debian-packages.ts';
import { readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { machine } from './machine.ts';
import { repositoryRoot } from './paths.ts';
import { generateDatabaseClient } from './prepare.ts';
import { createProgress } from './progress.ts';
import { runProgram } from './run-program.ts';
import { writeBetweenMarks } from './write-between-marks.ts';

// `npm run bench`: measures against the peers, prints tables and writes them into docs/performance.md.
// `npm run bench -- --only s3-core` does one of them.
// `npm run bench -- --rows 100000 --rounds 2` measures less and writes nothing.
const document = join(repositoryRoot, 'docs/performance.md');
const stopped = onceStopped();
try {
  const { values } = parseArgs({
    options: { rows: { type: 'string' }, rounds: { type: 'string' }, only: { type: 'string', default: '' } },
  });
  const { only, ...smaller } = values;
  const programs = benchPrograms.filter(({ folder }) => folder.includes(only));
  if (programs.length === 0) throw new LauncherError(`There is no bench ${only}.`);
  const progress = createProgress();
  const mayInstall = !readEnvironment().HIKYAKU_NO_APT;
  await ensureDebianPackages([objectStorePackages, shellPipelinePackages, downloaderPackages, browserPackages], {
    mayInstall,
    progress,
  });
  await generateDatabaseClient();
  const passedOn = Object.entries(smaller).flatMap(([name, value]) => [`--${name}`, value]);
  for (const program of programs) {
    const rows = await runBench(program, passedOn, stopped.signal);
    const text = `Measured ${machine()}, embedded parts with durable writes.\n\n${benchTable(rows)}`;
    process.stdout.write(`\n${text}\n`);
    if (passedOn.length === 0) await writeBetweenMarks(document, `bench (${program.folder})`, text);
  }
} catch (error) {
  const text = error instanceof LauncherError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${text}\n`);
  process.exitCode = 1;
}

/** What went wrong is told with the goals that were not measured for it; the other benches are worth their rows all the same. */
async function runBench(
  { folder, goalIds }: (typeof benchPrograms)[number],
  args: string[],
  signal: AbortSignal,
): Promise<BenchLine[]> {
  let rest = '';
  const rows: BenchLine[] = [];
  const { exitCode } = await runProgram(process.execPath, [join(repositoryRoot, folder, 'main.ts'), ...args], {
    signal,
    onOutput(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('{')) rows.push(benchLine.parse(JSON.parse(line)));
        else process.stdout.write(`${line}\n`);
      }
    },
  });
  const reason = exitCode === 0 ? `${folder} told nothing of it` : `${folder} ended with ${exitCode}`;
  const missing = notMeasured(goalIds, rows, reason);
  if (exitCode !== 0 || missing.length > 0) process.exitCode = 1;
  return [...rows, ...missing];
}
