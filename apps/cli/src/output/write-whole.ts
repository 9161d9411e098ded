import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, constants, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileFailure } from './file-failure.ts';

/**
 * A file that is there whole or as it was before. `mode`: of the file, less what the process leaves out of it.
 *
 * @throws HikyakuError target-unusable, disk-full; errors of the source, and the signal's reason, as they are
 */
export async function writeWhole(
  path: string,
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  signal: AbortSignal,
  { mode = 0o666 }: { mode?: number } = {},
): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    await pipeline(source, createWriteStream(temporary, { flags: 'wx', flush: true, mode }), { signal });
    await rename(temporary, path);
  } catch (error) {
    // What could not even be begun has left nothing.
    await rm(temporary, { force: true }).catch(() => undefined);
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
