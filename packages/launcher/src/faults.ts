import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onceStopped } from '@hikyaku/local-cloud/process';
import { z } from 'zod';
import { ensureDebianPackages, objectStorePackages, redisPackages } from './debian-packages.ts';
import { readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { machine } from './machine.ts';
import { repositoryRoot } from './paths.ts';
import { generateDatabaseClient } from './prepare.ts';
import { createProgress } from './progress.ts';
import { runProgram } from './run-program.ts';
import { writeBetweenMarks } from './write-between-marks.ts';

// `npm run test:faults`: kills, freezes, outages and poison, and the comparison; writes its tables into docs/reliability.md.
// `npm run test:faults -- --only R1 --seed 17 --cases 1` runs that case alone and writes nothing.
const document = join(repositoryRoot, 'docs/reliability.md');
const program = 'apps/ingest-worker/faults/main.ts';

const stopped = onceStopped();
const folder = await mkdtemp(join(tmpdir(), 'hikyaku-fault-tables-'));
try {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({ options: { only: option, seed: option, cases: option, houses: option } });
  const mayInstall = !readEnvironment().HIKYAKU_NO_APT;
  await ensureDebianPackages([objectStorePackages, redisPackages], { mayInstall, progress: createProgress() });
  await generateDatabaseClient();
  const tables = join(folder, 'tables.json');
  const passedOn = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
  const { exitCode } = await runProgram(
    process.execPath,
    [join(repositoryRoot, program), ...passedOn, '--write', tables],
    { signal: stopped.signal, onOutput: (text) => process.stdout.write(text) },
  );
  if (exitCode !== 0) throw new LauncherError('Cases went wrong: the lines above say which. Nothing was written down.');
  if (passedOn.length === 0) {
    const texts = z.array(z.string()).parse(JSON.parse(await readFile(tables, 'utf8')));
    await writeBetweenMarks(document, 'test:faults', [`Run ${machine()}.`, ...texts].join('\n\n'));
  }
} catch (error) {
  const text = error instanceof LauncherError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${text}\n`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
