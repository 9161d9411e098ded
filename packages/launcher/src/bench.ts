import { cpus, totalmem } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BenchRow, benchRow, benchTable } from '@hikyaku/bench';
import { ensureDebianPackages, objectStorePackages, shellPipelinePackages } from './debian-packages.ts';
import { readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { onceStopped } from './once-stopped.ts';
import { repositoryRoot } from './paths.ts';
import { generateDatabaseClient } from './prepare.ts';
import { createProgress } from './progress.ts';
import { runProgram } from './run-program.ts';

// `npm run bench`: measures against the peers, prints the table and writes it into docs/performance.md.
// `npm run bench -- --rows 100000 --rounds 2` measures less and writes nothing.
const document = join(repositoryRoot, 'docs/performance.md');
const programs = ['apps/ingest-worker/benchmarks/main.ts'];
const mark = { begin: '<!-- npm run bench writes from here -->', end: '<!-- to here -->' };

const stopped = onceStopped();
try {
  const { values } = parseArgs({ options: { rows: { type: 'string' }, rounds: { type: 'string' } } });
  const progress = createProgress();
  const mayInstall = !readEnvironment().HIKYAKU_NO_APT;
  await ensureDebianPackages([objectStorePackages, shellPipelinePackages], { mayInstall, progress });
  await generateDatabaseClient();
  const passedOn = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  const rows: BenchRow[] = [];
  for (const program of programs) rows.push(...(await runBench(program, passedOn, stopped.signal)));
  const text = `${machine()}\n\n${benchTable(rows)}`;
  process.stdout.write(`\n${text}\n`);
  if (passedOn.length === 0) await writeDown(text);
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

function machine(): string {
  const model = cpus()[0]?.model ?? 'an unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);
  const date = new Date().toISOString().slice(0, 10);
  return `Measured ${date} on ${cpus().length} cores (${model}), ${memory} GiB, Node ${process.versions.node}, embedded parts with durable writes.`;
}

async function writeDown(text: string): Promise<void> {
  const found = await readFile(document, 'utf8');
  const begin = found.indexOf(mark.begin) + mark.begin.length;
  const end = found.indexOf(mark.end);
  if (begin < mark.begin.length || end < begin) throw new LauncherError(`The marks are gone from ${document}`);
  await writeFile(document, `${found.slice(0, begin)}\n\n${text}\n\n${found.slice(end)}`);
  await runProgram('oxfmt', [document]);
}
