import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { listObjects } from '@hikyaku/s3-core/list';
import { downloadObjects } from '@hikyaku/s3-core/many';
import { formatBytes } from '@hikyaku/texts';
import { parseS3Object, type S3Address, s3Url } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { fileFailure } from '../../output/file-failure.ts';
import { createProgressLine, type ProgressLine } from '../../output/progress-line.ts';
import { readLines } from '../../read-lines.ts';
import { openStorage, type Storage } from '../../storage/open-storage.ts';
import { createTransferReport, type TransferReport } from '../../storage/transfer-report.ts';
import type { World } from '../../world.ts';
import { downloadResult } from '../get/download-result.ts';
import { type CameFrom, createCameFrom } from './came-from.ts';
import type { CpFlags } from './run-cp.ts';

const usualJobs = 4;

interface CopyingDown {
  world: World;
  flags: CpFlags;
  storage: Storage;
  folder: string;
  progress: ProgressLine;
  report: TransferReport;
  doneBytes: number;
  addresses: readonly S3Address[];
  cameFrom: CameFrom;
}

/**
 * Objects into a folder, which is made: each whole and verified, or with a result that says why not. Two of them never become
 * one file.
 */
export async function copyDown(
  world: World,
  flags: CpFlags,
  from: readonly S3Address[],
  folder: string,
): Promise<void> {
  // What has been read of it can't be read again for the next address.
  if (flags.keysFrom === '-' && from.length > 1) throw new CommandFailure('keys-once');
  await using storage = await openStorage(world.environment, flags);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw fileFailure(error, folder);
  });
  const progress = createProgressLine(world, { isWanted: !flags.quiet && !flags.json });
  const report = createTransferReport(world, { ...flags, jsonShape: 'lines', clear: progress.clear });
  const addresses = from;
  const cameFrom = createCameFrom();
  const copying: CopyingDown = { world, flags, storage, folder, progress, report, doneBytes: 0, addresses, cameFrom };
  try {
    for (const index of addresses.keys()) await copyBelow(copying, index);
  } finally {
    progress.clear();
  }
  await report.end();
}

async function copyBelow(copying: CopyingDown, index: number): Promise<void> {
  const { world, flags, storage, folder, progress, report } = copying;
  const address = copying.addresses[index];
  if (!address) return;
  const { bucket } = address;
  const prefix = commonBeginning(address, flags);
  let count = 0;
  const counted = async function* () {
    for await (const key of keysOf(copying, address)) {
      count += 1;
      if (await isFree(copying, index, key.slice(prefix.length))) yield key;
    }
  };
  const downloads = downloadObjects(storage.s3, { bucket, keys: counted() }, folder, {
    prefix,
    concurrency: flags.jobs ?? usualJobs,
    acceptUnverified: flags.acceptUnverified ?? false,
    signal: world.signal,
    ...storage.proxied,
  });
  for await (const result of downloads) {
    const object = { bucket, key: result.key };
    const value = result.ok ? result.value : undefined;
    copying.doneBytes += value?.sizeBytes ?? 0;
    // Of the last one nobody asks any more: a single address takes no memory, however much lies below it.
    if (value && index + 1 < copying.addresses.length) copying.cameFrom.note(result.key.slice(prefix.length), index);
    await report.tell({
      from: s3Url(object),
      to: value?.path ?? folder,
      outcome: result.ok ? { ok: true, value: downloadResult(object, result.value) } : result,
      fact: value ? formatBytes(value.sizeBytes, world.locale) : '',
    });
    progress.show({ label: s3Url(object), doneBytes: copying.doneBytes, totalBytes: undefined });
  }
  if (count > 0) return;
  const error = new CommandFailure('nothing-below', { address: s3Url(address) });
  await report.tell({ from: s3Url(address), to: folder, outcome: { ok: false, error }, fact: '' });
}

/** Tells of an object whose file one of an address before has become already. */
async function isFree(copying: CopyingDown, index: number, path: string): Promise<boolean> {
  const { report, folder } = copying;
  const before = copying.cameFrom.find(path);
  if (before === undefined) return true;
  const [one, other] = [urlOf(copying, before, path), urlOf(copying, index, path)];
  if (one === other) return true;
  const target = join(folder, path);
  const error = new CommandFailure('same-file', { one, other, target });
  await report.tell({ from: other, to: target, outcome: { ok: false, error }, fact: '' });
  return false;
}

function urlOf({ addresses, flags }: CopyingDown, index: number, path: string): string {
  const address = addresses[index];
  return address ? s3Url({ bucket: address.bucket, key: `${commonBeginning(address, flags)}${path}` }) : '';
}

/** What of a key is no part of its path: up to the last `/` that was named. */
function commonBeginning({ key }: S3Address, { keysFrom }: CpFlags): string {
  return keysFrom === undefined ? key.slice(0, key.lastIndexOf('/') + 1) : key;
}

async function* keysOf({ world, flags, storage }: CopyingDown, address: S3Address): AsyncGenerator<string> {
  const { bucket, key } = address;
  if (flags.keysFrom !== undefined) {
    for await (const line of readLines(world, flags.keysFrom)) if (line !== '') yield key + line;
  } else if (flags.recursive) {
    const { signal } = world;
    for await (const entry of listObjects(storage.s3, { bucket, prefix: key, signal })) {
      // What consoles make to show a folder is no file.
      if (entry.kind === 'object' && !(entry.key.endsWith('/') && entry.sizeBytes === 0)) yield entry.key;
    }
  } else {
    yield parseS3Object(s3Url(address)).key;
  }
}
