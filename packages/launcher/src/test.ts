import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onceStopped } from '@hikyaku/local-cloud/process';
import { bigFilesCheck, browserCheck } from './checks/browser-check.ts';
import type { Check, CheckResult } from './checks/check.ts';
import { programCheck } from './checks/program-check.ts';
import { testBuildFolder } from './checks/test-build-folder.ts';
import { vitestCheck } from './checks/vitest-check.ts';
import {
  browserPackages,
  encryptionPackages,
  ensureDebianPackages,
  objectStorePackages,
  redisPackages,
  scriptPackages,
} from './debian-packages.ts';
import { readEnvironment } from './env.ts';
import { LauncherError } from './launcher-error.ts';
import { buildPortal, generateDatabaseClient } from './prepare.ts';
import { createProgress } from './progress.ts';

// `npm test`: everything that must hold, on the real parts; the last line is `N passed, N failed`.
// `npm test -- static unit integration browser` runs only those named; `big-files` only runs where it is named.
const lanes = ['static', 'unit', 'integration', 'browser', 'big-files'] as const;
const onRequest = new Set<string>(['big-files']);

const stopped = onceStopped();
const progress = createProgress();
const results: CheckResult[] = [];

try {
  const { positionals } = parseArgs({ allowPositionals: true });
  const unknown = positionals.filter((name) => !lanes.some((lane) => lane === name));
  if (unknown.length > 0)
    throw new LauncherError(`There is no lane ${unknown.join(', ')}. There are: ${lanes.join(', ')}`);
  const runs = (lane: (typeof lanes)[number]) =>
    positionals.includes(lane) || (positionals.length === 0 && !onRequest.has(lane));
  const runsBrowser = runs('browser') || runs('big-files');

  const mayInstall = !readEnvironment().HIKYAKU_NO_APT;
  const needed = [
    ...(runs('integration') || runsBrowser ? [objectStorePackages] : []),
    ...(runs('integration') ? [redisPackages, encryptionPackages] : []),
    ...(runsBrowser ? [browserPackages, scriptPackages] : []),
  ];
  await ensureDebianPackages(needed, { mayInstall, progress });
  await generateDatabaseClient();
  const reports = await mkdtemp(join(tmpdir(), 'hikyaku-reports-'));
  try {
    // Two cores: what is built for the browser is built beside the static checks; the tests then follow each other.
    const portalBuilt =
      runsBrowser || runs('integration') ? buildPortal(testBuildFolder, stopped.signal) : Promise.resolve();
    portalBuilt.catch(() => undefined);
    if (runs('static')) for (const check of staticChecks()) await runCheck(check);
    if (runs('unit')) await runCheck(vitestCheck('unit', reports));
    await portalBuilt.catch(() => undefined);
    if (runs('integration')) await runCheck(vitestCheck('integration', reports));
    if (runs('browser')) await runCheck(browserCheck(portalBuilt, stopped.signal));
    if (runs('big-files')) await runCheck(bigFilesCheck(portalBuilt, stopped.signal));
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
} catch (error) {
  const text = error instanceof LauncherError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`\n${text}\n`);
  results.push({ name: 'npm test', passed: 0, failed: 1, seconds: 0, output: '' });
}

const passed = results.reduce((sum, result) => sum + result.passed, 0);
const failed = results.reduce((sum, result) => sum + result.failed, 0);
// Nothing run is nothing shown.
const isGood = failed === 0 && passed > 0;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`, () => process.exit(isGood ? 0 : 1));

function staticChecks(): Check[] {
  return [
    programCheck('format', 'oxfmt', ['--check', '.']),
    programCheck('types', 'turbo', ['run', 'typecheck', '--output-logs=errors-only']),
    programCheck('lint', 'oxlint', ['--type-aware', '--deny-warnings']),
    programCheck('imports', 'depcruise', [
      '--config',
      '.dependency-cruiser.mjs',
      '--output-type',
      'err',
      'apps',
      'packages',
    ]),
    programCheck('unused code', 'knip', ['--no-progress']),
    programCheck('one version of everything', 'sherif', []),
  ];
}

async function runCheck(check: Check): Promise<void> {
  if (stopped.signal.aborted) throw new LauncherError('Stopped.');
  progress.step(`${check.name} ...`);
  const result = await check.run();
  results.push(result);
  for (const line of result.measured ?? []) progress.note(line);
  progress.note(`${result.passed} passed, ${result.failed} failed in ${result.seconds.toFixed(0)} s`);
  if (result.failed > 0) process.stdout.write(`\n${result.output.trim()}\n\n`);
}
