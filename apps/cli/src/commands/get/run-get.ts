import { stat } from 'node:fs/promises';
import { downloadObject, prepareTarget } from '@hikyaku/s3-core/download';
import { formatBytes } from '@hikyaku/texts';
import { type S3Object, s3Url } from '../../arguments/s3-address.ts';
import { createProgressLine } from '../../output/progress-line.ts';
import { note, printJson } from '../../output/print.ts';
import { printable } from '../../output/printable.ts';
import { openStorage } from '../../storage/open-storage.ts';
import type { StorageFlags } from '../../storage/storage-flags.ts';
import type { World } from '../../world.ts';
import { downloadResult } from './download-result.ts';

export interface GetFlags extends StorageFlags {
  versionId?: string;
  sha256?: string;
  connections?: number;
  acceptUnverified?: boolean;
  json?: boolean;
  quiet?: boolean;
}

export async function runGet(world: World, flags: GetFlags, object: S3Object, path = '.'): Promise<void> {
  const { environment, signal, locale } = world;
  const { bucket, key } = object;
  await using storage = await openStorage(environment, flags);
  const target = await targetOf(key, path);
  const progress = createProgressLine(world, { isWanted: !flags.quiet && !flags.json });
  try {
    const downloaded = await downloadObject(
      storage.s3,
      { bucket, key, ...(flags.versionId === undefined ? {} : { versionId: flags.versionId }) },
      target,
      {
        ...(flags.connections === undefined ? {} : { connections: flags.connections }),
        ...(flags.sha256 === undefined ? {} : { known: { sha256: flags.sha256 } }),
        acceptUnverified: flags.acceptUnverified ?? false,
        ...storage.proxied,
        signal,
        onProgress: ({ receivedBytes, sizeBytes }) =>
          progress.show({ label: target, doneBytes: receivedBytes, totalBytes: sizeBytes }),
      },
    );
    progress.clear();
    if (flags.json) await printJson(world, downloadResult(object, downloaded));
    else if (!flags.quiet) {
      const { sizeBytes, verified } = downloaded;
      const proof = verified ? verified.algorithm : { ja: '照合なし', en: 'not verified' }[locale];
      note(world, `${printable(s3Url(object))} → ${printable(target)}  ${formatBytes(sizeBytes, locale)} (${proof})`);
    }
  } finally {
    progress.clear();
  }
}

/** Into a folder under the key's last name, which leads nowhere else; or as the file that was named. */
async function targetOf(key: string, path: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => path.endsWith('/'),
  );
  return isFolder ? prepareTarget(path, key.split('/').at(-1) ?? '') : path;
}
