import { uploadObject } from '@hikyaku/s3-core/upload';
import type { UploadedObject } from '@hikyaku/s3-core/upload';
import { formatBytes } from '@hikyaku/texts';
import { type S3Address, s3Url } from '../../arguments/s3-address.ts';
import { CommandFailure } from '../../command-failure.ts';
import { printable } from '../../output/printable.ts';
import { printLine } from '../../output/print.ts';
import { createProgressBoard } from '../../output/progress-board.ts';
import { findAudience } from '../../put/audience.ts';
import { inParallel } from '../../put/in-parallel.ts';
import { hasLayers, layeredName, type Layers, throughLayers } from '../../put/layers.ts';
import type { Source } from '../../put/source.ts';
import { openStorage, type Storage } from '../../storage/open-storage.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import { createTransferReport } from '../../storage/transfer-report.ts';
import type { World } from '../../world.ts';

export interface PutToStorageFlags extends StorageFlags {
  gzip?: boolean;
  openpgp?: boolean;
  recipient?: readonly string[];
  onlyIfAbsent?: boolean;
  jobs?: number;
  dryRun?: boolean;
  json?: boolean;
  quiet?: boolean;
}

const usualJobs = 4;

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
  const targets = new Map(sources.map((source) => [source, targetOf(source, address, layers, sources.length)]));
  if (flags.dryRun) {
    for (const [{ path }, target] of targets) await printLine(world, printable(`${path} → ${s3Url(target)}`));
    return;
  }
  await using storage = await openStorage(world.environment, flags);
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
  try {
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
  } finally {
    board.clear();
  }
  signal.throwIfAborted();
  report.end();
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
  );
  if (await source.file?.hasChanged())
    throw new CommandFailure('file-changed-sent', { path: source.path, address: s3Url(target) });
  return uploaded;
}

/** Below a `/`, and of several files always, under their own names. */
function targetOf(source: Source, { bucket, key }: S3Address, layers: Layers, count: number): S3Address {
  const name = layeredName(source.name, layers);
  if (key === '' || key.endsWith('/')) return { bucket, key: key + name };
  return count === 1 ? { bucket, key } : { bucket, key: `${key}/${name}` };
}

function uploadResult({ sizeBytes, sha256, versionId, etag }: UploadedObject) {
  return { sizeBytes, sha256: Buffer.from(sha256, 'base64').toString('hex'), versionId, etag };
}
