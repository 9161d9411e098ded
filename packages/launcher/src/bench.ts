import { join } from 'node:path';
import { parseArgs } from 'node:util';
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
import { repositoryRoot } from './paths.ts';
import { generateDatabaseClient } from './prepare.ts';
import { createProgress } from './progress.ts';
import { runBench } from './run-bench.ts';

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
    const isMeasured = await runBench(program, {
      args: passedOn,
      signal: stopped.signal,
      print: (text) => process.stdout.write(text),
      ...(passedOn.length === 0 ? { document } : {}),
    });
    // The other benches are worth their rows all the same.
    if (!isMeasured) process.exitCode = 1;
  }
} catch (error) {
  const text = error instanceof LauncherError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${text}\n`);
  process.exitCode = 1;
}
