import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HikyakuError } from '@hikyaku/types';

/**
 * A file that is there whole or as it was before.
 *
 * @throws HikyakuError target-unusable, disk-full; errors of the source, and the signal's reason, as they are
 */
export async function writeWhole(
  path: string,
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  signal: AbortSignal,
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await pipeline(source, createWriteStream(temporary, { flags: 'wx', flush: true }), { signal });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    signal.throwIfAborted();
    throw fileFailure(error, path);
  }
}

/** Whether a file can be written there at all, before the work that it is to tell of. @throws HikyakuError target-unusable */
export async function checkTarget(path: string): Promise<void> {
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw fileFailure(error, path);
  });
}

function fileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  return new HikyakuError(error.code === 'ENOSPC' ? 'disk-full' : 'target-unusable', {
    details: { path, cause: String(error.code) },
    cause: error,
  });
}
