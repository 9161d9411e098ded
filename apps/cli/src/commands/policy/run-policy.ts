import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { savedText } from '@hikyaku/datasets/saved-text';
import {
  type PolicyFile,
  policyKinds,
  policyQuotas,
  type PolicyReport,
  reportBudget,
  reportDiff,
  reportExplanation,
  reportLeastPrivilege,
  reportLint,
  reportSimulation,
} from '@hikyaku/policies';
import { CommandFailure } from '../../command-failure.ts';
import { printLine } from '../../output/print.ts';
import type { World } from '../../world.ts';

export interface KindFlags {
  kind?: string;
}

export interface QuotaFlags {
  quota?: string;
}

export interface DiffFlags extends KindFlags {
  account?: string;
}

/** Each file by itself; the worst of them decides how it ends. */
export async function runLint(world: World, flags: KindFlags, ...paths: string[]): Promise<void> {
  const kind = chosen(flags.kind ?? 'identity', policyKinds);
  const reports: PolicyReport[] = [];
  for (const path of paths) {
    const report = reportLint(await readPolicy(world, path), kind, world.locale);
    await printLine(world, report.text);
    reports.push(report);
  }
  judge(reports);
}

/** All files together: several inline policies of a role share one limit. */
export async function runBudget(world: World, flags: QuotaFlags, ...paths: string[]): Promise<void> {
  const quota = chosen(flags.quota ?? 'managed', quotas);
  const files: PolicyFile[] = [];
  for (const path of paths) files.push(await readPolicy(world, path));
  await tell(world, reportBudget(files, quota, world.locale));
}

export async function runEvaluate(world: World, _flags: object, path: string): Promise<void> {
  await tell(world, reportSimulation(await readPolicy(world, path), world.locale));
}

export async function runExplain(world: World, _flags: object, path: string): Promise<void> {
  await tell(world, reportExplanation(await readPolicy(world, path), world.locale));
}

export async function runBuild(world: World, _flags: object, path: string): Promise<void> {
  await tell(world, reportLeastPrivilege(await readPolicy(world, path), world.locale));
}

export async function runDiff(world: World, flags: DiffFlags, beforePath: string, afterPath: string): Promise<void> {
  const kind = chosen(flags.kind ?? 'identity', policyKinds);
  const versions = { before: await readPolicy(world, beforePath), after: await readPolicy(world, afterPath) };
  const resourceAccountId = flags.account ?? accountNamedIn(versions.before.text + versions.after.text);
  await tell(world, reportDiff(versions, kind, { resourceAccountId, language: world.locale }));
}

/** Of the first ARN that has one; a made-up account where none has: then all are of the same. */
function accountNamedIn(policies: string): string {
  return /"arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(\d{12}):/.exec(policies)?.[1] ?? '111122223333';
}

const quotas = Object.keys(policyQuotas).filter((name) => isQuota(name));

function isQuota(name: string): name is keyof typeof policyQuotas {
  return Object.hasOwn(policyQuotas, name);
}

function chosen<T extends string>(input: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === input);
  if (found === undefined) throw new CommandFailure('not-a-choice', { input, choices: choices.join(', ') });
  return found;
}

/** @throws CommandFailure file-missing */
async function readPolicy({ stdin, signal }: World, path: string): Promise<PolicyFile> {
  if (path === '-') return { name: '-', text: savedText(await buffer(stdin)) };
  try {
    return { name: path, text: savedText(await readFile(path, { signal })) };
  } catch (cause) {
    signal.throwIfAborted();
    throw new CommandFailure('file-missing', { path }, { cause });
  }
}

async function tell(world: World, report: PolicyReport): Promise<void> {
  await printLine(world, report.text);
  judge([report]);
}

/** @throws CommandFailure policy-unusable, policy-objection */
function judge(reports: readonly PolicyReport[]): void {
  if (reports.some(({ verdict }) => verdict === 'unusable')) throw new CommandFailure('policy-unusable');
  if (reports.some(({ verdict }) => verdict === 'objection')) throw new CommandFailure('policy-objection');
}
