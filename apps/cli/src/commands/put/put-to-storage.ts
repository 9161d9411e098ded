import { uploadObject } from '@hikyaku/s3-core/upload';
import type { UploadedObject } from '@hikyaku/s3-core/upload';
import { formatBytes } from '@hikyaku/texts';
import { HikyakuError, untilAborted } from '@hikyaku/types';
import { type S3Address, s3Url } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { printable } from '../../output/printable.ts';
import { printJson, printLine } from '../../output/print.ts';
import { createProgressBoard } from '../../output/progress-board.ts';
import { findAudience } from '../../put/audience.ts';
import { inParallel } from '../../put/in-parallel.ts';
import { hasLayers, type Layers, throughLayers } from '../../put/layers.ts';
import type { Source } from '../../put/source.ts';
import { openStorage, type Storage } from '../../storage/open-storage.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import { createTransferReport, type JsonShape } from '../../storage/transfer-report.ts';
import { signalAfter } from '../../signal-after.ts';
import type { World } from '../../world.ts';
import { storageTargets } from './storage-targets.ts';

export interface PutToStorageFlags extends StorageFlags {
  gzip?: boolean;
  openpgp?: boolean;
  recipient?: readonly string[];
  onlyIfAbsent?: boolean;
  jobs?: number;
  dryRun?: boolean;
  json?: boolean;
  jsonShape: JsonShape;
  quiet?: boolean;
}

const usualJobs = 4;
/** After Ctrl-C: for storage to give up what was begun. */
const closingMilliseconds = 5_000;

/** Each file as one object: whole or not at all. */
export async function putToStorage(
  world: World,
  flags: PutToStorageFlags,
  sources: readonly Source[],
  address: S3Address,
): Promise<void> {
  const { signal, locale } = world;
  const wish = { openpgp: flags.openpgp ?? false, recipient: flags.recipient ?? [] };
  const audience = await findAudience(wish, () => Promise.resolve([]));
  const layers = { gzip: flags.gzip ?? false, audience };
  const targets = storageTargets(sources, address, layers);
  if (flags.dryRun) return tellPlan(world, flags, targets);
  await using storage = await openStorage(world.environment, flags, { isSending: true });
  const board = createProgressBoard(world, { isWanted: !flags.quiet && !flags.json, sources });
  const report = createTransferReport(world, { ...flags, clear: board.clear });
  const send = ([source, target]: [Source, S3Address]) =>
    sendOne(storage, source, {
      target,
      layers,
      onlyIfAbsent: flags.onlyIfAbsent ?? false,
      signal,
      onProgress: board.of(source),
    });
  const sendAll = async () => {
    for await (const { item, outcome } of inParallel(targets, send, flags.jobs ?? usualJobs)) {
      const [{ path }, target] = item;
      if (signal.aborted) continue;
      await report.tell({
        from: path,
        to: s3Url(target),
        outcome: outcome.ok ? { ok: true, value: uploadResult(outcome.value) } : outcome,
        fact: outcome.ok ? formatBytes(outcome.value.sizeBytes, locale) : '',
      });
    }
  };
  try {
    await untilAborted(sendAll(), signalAfter(signal, closingMilliseconds));
  } finally {
    board.clear();
  }
  signal.throwIfAborted();
  await report.end();
}

async function tellPlan(
  world: World,
  flags: PutToStorageFlags,
  targets: ReadonlyMap<Source, S3Address>,
): Promise<void> {
  const items = Array.from(targets, ([{ path, file }, target]) => ({
    from: path,
    to: s3Url(target),
    sizeBytes: file?.sizeBytes ?? null,
  }));
  if (flags.json) await printJson(world, { dryRun: true, items });
  else for (const { from, to } of items) await printLine(world, printable(`${from} → ${to}`));
}

async function sendOne(
  { s3 }: Storage,
  source: Source,
  options: {
    target: S3Address;
    layers: Layers;
    onlyIfAbsent: boolean;
    signal: AbortSignal;
    onProgress: (doneBytes: number, totalBytes: number | undefined) => void;
  },
): Promise<UploadedObject> {
  const { target, layers, onlyIfAbsent, signal, onProgress } = options;
  const size = source.file && !hasLayers(layers) ? { sizeBytes: source.file.sizeBytes } : {};
  const uploaded = await uploadObject(
    s3,
    target,
    { stream: throughLayers(source.open(), layers), ...size },
    { onlyIfAbsent, signal, onProgress: ({ sentBytes }) => onProgress(sentBytes, source.file?.sizeBytes) },
  ).catch((error: unknown) => {
    // What the file itself said says more than that something could not be read.
    throw error instanceof HikyakuError && error.cause instanceof CommandFailure ? error.cause : error;
  });
  if (await source.file?.hasChanged())
    throw new CommandFailure('file-changed-sent', { path: source.path, address: s3Url(target) });
  return uploaded;
}

function uploadResult({ sizeBytes, sha256, versionId, etag }: UploadedObject) {
  return { sizeBytes, sha256: Buffer.from(sha256, 'base64').toString('hex'), versionId, etag };
}
