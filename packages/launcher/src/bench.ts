import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchRow, benchRow, benchTable } from '@hikyaku/bench';
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
import { onceStopped } from './once-stopped.ts';
import { repositoryRoot } from './paths.ts';
import { generateDatabaseClient } from './prepare.ts';
import { createProgress } from './progress.ts';
import { runProgram } from './run-program.ts';
import { writeBetweenMarks } from './write-between-marks.ts';

// `npm run bench`: measures against the peers, prints the table and writes it into docs/performance.md.
// `npm run bench -- --rows 100000 --rounds 2` measures less and writes nothing.
const document = join(repositoryRoot, 'docs/performance.md');
const programs = [
  'packages/policies/benchmarks/main.ts',
  'packages/launcher/benchmarks/main.ts',
  'apps/ingest-worker/benchmarks/main.ts',
  'packages/s3-core/benchmarks/main.ts',
];

const stopped = onceStopped();
try {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, rounds: { type: 'string' } } });
  const progress = createProgress();
  const mayInstall = !readEnvironment().HIKYAKU_NO_APT;
  await ensureDebianPackages([objectStorePackages, shellPipelinePackages, downloaderPackages, browserPackages], {
    mayInstall,
    progress,
  });
  await generateDatabaseClient();
  const passedOn = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  const rows: BenchRow[] = [];
  for (const program of programs) rows.push(...(await runBench(program, passedOn, stopped.signal)));
  const text = `Measured ${machine()}, embedded parts with durable writes.\n\n${benchTable(rows)}`;
  process.stdout.write(`\n${text}\n`);
  if (passedOn.length === 0) await writeBetweenMarks(document, 'bench', text);
} catch (error) {
  const text = error instanceof LauncherError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${text}\n`);
  process.exitCode = 1;
}

async function runBench(program: string, args: string[], signal: AbortSignal): Promise<BenchRow[]> {
  let rest = '';
  const rows: BenchRow[] = [];
  const { exitCode } = await runProgram(process.execPath, [join(repositoryRoot, program), ...args], {
    signal,
    onOutput(text) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (line.startsWith('{')) rows.push(benchRow.parse(JSON.parse(line)));
        else process.stdout.write(`${line}\n`);
      }
    },
  });
  if (exitCode !== 0) throw new LauncherError(`${program} ended with ${exitCode}; nothing was written down.`);
  return rows;
}
