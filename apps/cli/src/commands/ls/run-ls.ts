import { type ListedObject, type ListedPrefix, listObjects } from '@hikyaku/s3-core/list';
import { formatBytes, formatCount } from '@hikyaku/texts';
import type { S3Address } from '../../arguments/s3-address.ts';
import { printable } from '../../output/printable.ts';
import { note, printJson, printLine } from '../../output/print.ts';
import { openStorage } from '../../storage/open-storage.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';

export interface LsFlags extends StorageFlags {
  recursive?: boolean;
  summarize?: boolean;
  json?: boolean;
}

/** Page by page as it is printed: of a bucket of any size nothing is kept. */
export async function runLs(world: World, flags: LsFlags, { bucket, key }: S3Address): Promise<void> {
  const { signal, locale } = world;
  await using storage = await openStorage(world.environment, flags);
  const delimiter = flags.recursive ? {} : { delimiter: '/' };
  let [count, totalBytes] = [0, 0];
  for await (const entry of listObjects(storage.s3, { bucket, prefix: key, ...delimiter, signal })) {
    if (entry.kind === 'object') {
      count += 1;
      totalBytes += entry.sizeBytes;
    }
    const isRead = await (flags.json ? printJson(world, asJson(entry), 'line') : printLine(world, asText(entry)));
    if (!isRead) return;
  }
  if (!flags.summarize) return;
  const total = { count: formatCount(count, locale), bytes: formatBytes(totalBytes, locale) };
  note(
    world,
    locale === 'ja'
      ? `オブジェクト ${total.count}個、合計 ${total.bytes}`
      : `${total.count} ${count === 1 ? 'object' : 'objects'}, ${total.bytes} in total`,
  );
}

function asJson(entry: ListedObject | ListedPrefix) {
  if (entry.kind === 'prefix') return entry;
  return {
    ...entry,
    lastModified: entry.lastModified?.toISOString() ?? null,
    storageClass: entry.storageClass ?? null,
  };
}

/** `2026-11-22 03:04:05         1234  a/b.csv` in UTC. */
function asText(entry: ListedObject | ListedPrefix): string {
  if (entry.kind === 'prefix') return `${' '.repeat(34)}${printable(entry.prefix)}`;
  const at = entry.lastModified?.toISOString().slice(0, 19).replace('T', ' ') ?? '';
  return `${at.padEnd(19)} ${String(entry.sizeBytes).padStart(13)} ${printable(entry.key)}`;
}
