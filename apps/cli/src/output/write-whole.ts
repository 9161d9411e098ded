import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileFailure } from './file-failure.ts';

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
