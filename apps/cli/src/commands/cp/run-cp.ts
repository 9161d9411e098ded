import { isS3Address, parseS3Address } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { listSources } from '../../put/source.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { copyDown } from './copy-down.ts';

export interface CpFlags extends StorageFlags {
  recursive?: boolean;
  keysFrom?: string;
  jobs?: number;
  acceptUnverified?: boolean;
  onlyIfAbsent?: boolean;
  json?: boolean;
  quiet?: boolean;
}

/** Files up, or objects down. */
export async function runCp(world: World, flags: CpFlags, ...given: string[]): Promise<void> {
  const to = given.at(-1) ?? '';
  const from = given.slice(0, -1);
  if (
    isS3Address(to) === from.some(isS3Address) ||
    !from.every((path) => isS3Address(path) === isS3Address(from[0] ?? ''))
  ) {
    throw new CommandFailure('copy-within-storage');
  }
  if (!isS3Address(to)) return copyDown(world, flags, from.map(parseS3Address), to);
  if (flags.keysFrom !== undefined) throw new CommandFailure('flags-exclude', { one: '--keys-from', other: to });
  const { putToStorage } = await import('../put/put-to-storage.ts');
  const sources = await Array.fromAsync(listSources(from, flags.recursive ?? false));
  if (sources.length === 0) throw new CommandFailure('no-files');
  const asTheyAre = { gzip: false, openpgp: false, dryRun: false, jsonShape: 'lines' } as const;
  return putToStorage(world, { ...flags, ...asTheyAre }, sources, parseS3Address(to));
}
