import { HikyakuError } from '@hikyaku/types';
import { retry } from './retry.ts';
import type { UploadPatience } from './upload-patience.ts';
import type { UploadPort } from './upload-port.ts';

/**
 * Gives an upload up that nobody will go on with. What can't be closed now expires by itself.
 *
 * @returns whether it had arrived before: then it is taken in whatever a person said
 */
export async function closeUpload(
  port: Pick<UploadPort, 'abort' | 'complete'>,
  uploadId: string,
  patience: UploadPatience,
): Promise<{ isStored: boolean }> {
  const { signal } = new AbortController();
  try {
    await retry(() => port.abort(uploadId), patience, signal);
  } catch (error) {
    if (!(error instanceof HikyakuError && error.code === 'upload-not-open')) return { isStored: false };
    return retry(() => port.complete(uploadId), patience, signal).then(
      () => ({ isStored: true }),
      () => ({ isStored: false }),
    );
  }
  return { isStored: false };
}
