import { createReadStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { listObjects } from '@hikyaku/s3-core/list';
import { downloadObjects } from '@hikyaku/s3-core/many';
import { formatBytes } from '@hikyaku/texts';
import { parseS3Object, type S3Address, s3Url } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { createProgressLine, type ProgressLine } from '../../output/progress-line.ts';
import { openStorage, type Storage } from '../../storage/open-storage.ts';
import { createTransferReport, type TransferReport } from '../../storage/transfer-report.ts';
import type { World } from '../../world.ts';
import { downloadResult } from '../get/download-result.ts';
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
}

/** Objects into a folder, which is made: each whole and verified, or with a result that says why not. */
export async function copyDown(
  world: World,
  flags: CpFlags,
  from: readonly S3Address[],
  folder: string,
): Promise<void> {
  await using storage = await openStorage(world.environment, flags);
  await mkdir(folder, { recursive: true });
  const progress = createProgressLine(world, { isWanted: !flags.quiet && !flags.json });
  const report = createTransferReport(world, { ...flags, clear: progress.clear });
  const copying: CopyingDown = { world, flags, storage, folder, progress, report, doneBytes: 0 };
  try {
    for (const address of from) await copyBelow(copying, address);
  } finally {
    progress.clear();
  }
  report.end();
}

async function copyBelow(copying: CopyingDown, address: S3Address): Promise<void> {
  const { world, flags, storage, folder, progress, report } = copying;
  const { bucket } = address;
  const objects = { bucket, keys: keysOf(copying, address) };
  const downloads = downloadObjects(storage.s3, objects, folder, {
    prefix: commonBeginning(address, flags),
    concurrency: flags.jobs ?? usualJobs,
    acceptUnverified: flags.acceptUnverified ?? false,
    signal: world.signal,
    ...storage.proxied,
  });
  let count = 0;
  for await (const result of downloads) {
    count += 1;
    const object = { bucket, key: result.key };
    const value = result.ok ? result.value : undefined;
    copying.doneBytes += value?.sizeBytes ?? 0;
    await report.tell({
      from: s3Url(object),
      to: value?.path ?? folder,
      outcome: result.ok ? { ok: true, value: downloadResult(object, result.value) } : result,
      fact: value ? formatBytes(value.sizeBytes, world.locale) : '',
    });
    progress.show({ label: s3Url(object), doneBytes: copying.doneBytes, totalBytes: undefined });
  }
  if (count === 0) throw new CommandFailure('nothing-below', { address: s3Url(address) });
}

/** What of a key is no part of its path: up to the last `/` that was named. */
function commonBeginning({ key }: S3Address, { keysFrom }: CpFlags): string {
  return keysFrom === undefined ? key.slice(0, key.lastIndexOf('/') + 1) : key;
}

async function* keysOf({ world, flags, storage }: CopyingDown, address: S3Address): AsyncGenerator<string> {
  const { bucket, key } = address;
  if (flags.keysFrom !== undefined) {
    const input = flags.keysFrom === '-' ? world.stdin : createReadStream(flags.keysFrom);
    for await (const line of createInterface({ input, crlfDelay: Infinity })) if (line !== '') yield key + line;
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
