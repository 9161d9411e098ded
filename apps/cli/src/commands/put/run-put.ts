import { isS3Address, parseS3Address } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { listSources, type Source, streamSource } from '../../put/source.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';

export interface PutFlags extends StorageFlags {
  to?: string;
  recursive?: boolean;
  name?: string;
  gzip?: boolean;
  encrypt?: boolean;
  openpgp?: boolean;
  recipient?: readonly string[];
  wait?: number;
  allowRejects?: boolean;
  idempotencyKey?: string;
  force?: boolean;
  manifest?: string;
  jobs?: number;
  dryRun?: boolean;
  onlyIfAbsent?: boolean;
  json?: boolean;
  env?: boolean;
  quiet?: boolean;
}

/** To a dataset, through Hikyaku; or with AWS credentials straight to S3. */
export async function runPut(world: World, flags: PutFlags, ...given: string[]): Promise<void> {
  const last = given.at(-1) ?? '';
  const destination = flags.to ?? (isS3Address(last) ? last : undefined);
  const paths = flags.to === undefined && isS3Address(last) ? given.slice(0, -1) : given;
  if (destination === undefined) throw new CommandFailure('no-destination');
  refuseContradictions(flags, paths, isS3Address(destination));
  const sources = await collectSources(world, flags, paths);
  if (isS3Address(destination)) {
    const { putToStorage } = await import('./put-to-storage.ts');
    await putToStorage(world, { ...flags, jsonShape: 'document' }, sources, parseS3Address(destination));
  } else {
    const { putToDataset } = await import('./put-to-dataset.ts');
    await putToDataset(world, flags, sources, destination);
  }
}

function refuseContradictions(flags: PutFlags, paths: readonly string[], isStorage: boolean): void {
  const excludes: [string, boolean | undefined, string, boolean | undefined][] = [
    ['--json', flags.json, '--env', flags.env],
    ['--env', flags.env, '--dry-run', flags.dryRun],
    ['--force', flags.force, '--idempotency-key', flags.idempotencyKey !== undefined],
    ['s3://', isStorage, '--encrypt', flags.encrypt],
    ['s3://', isStorage, '--wait', flags.wait !== undefined],
    ['s3://', isStorage, '--idempotency-key', flags.idempotencyKey !== undefined],
    ['s3://', isStorage, '--force', flags.force],
    ['s3://', isStorage, '--manifest', flags.manifest !== undefined],
    ['s3://', isStorage, '--env', flags.env],
    ['--to', !isStorage, '--only-if-absent', flags.onlyIfAbsent],
  ];
  for (const [one, isOne, other, isOther] of excludes) {
    if (isOne && isOther) throw new CommandFailure('flags-exclude', { one, other });
  }
  if (paths.length === 0) throw new CommandFailure('no-files');
  if (paths.includes('-') && paths.length > 1) throw new CommandFailure('stdin-alone');
  if (paths[0] === '-' && flags.name === undefined)
    throw new CommandFailure('flag-needs', { one: '-', other: '--name' });
  const isEncrypted = flags.encrypt || (flags.recipient ?? []).length > 0;
  if (flags.openpgp && !isEncrypted) throw new CommandFailure('flag-needs', { one: '--openpgp', other: '--encrypt' });
}

async function collectSources(world: World, flags: PutFlags, paths: readonly string[]): Promise<Source[]> {
  if (paths[0] === '-') return [streamSource(world.stdin, flags.name ?? '-')];
  const sources = await Array.fromAsync(listSources(paths, flags.recursive ?? false));
  const [first] = sources;
  if (!first) throw new CommandFailure('no-files');
  const forOne: [string, boolean | undefined][] = [
    ['--name', flags.name !== undefined],
    ['--env', flags.env],
    ['--idempotency-key', flags.idempotencyKey !== undefined],
  ];
  for (const [one, isGiven] of forOne) {
    if (isGiven && sources.length > 1) throw new CommandFailure('one-file-only', { one });
  }
  return flags.name === undefined ? sources : [{ ...first, name: flags.name }];
}
