import { sliceBody } from './slice-body.ts';
import { wholeDigestWithWorker } from './whole-digest-with-worker.ts';

const sliceBytes = 16 * 1024 ** 2;

export interface DigestFileOptions {
  onProgress?: (readBytes: number) => void;
  signal?: AbortSignal;
}

/**
 * For browsers: SHA-256 of a whole file, in base64, in the memory of a slice.
 *
 * Fails with what reading throws, with a retriable `HikyakuError` where its thread did not come, and with the signal's reason.
 */
export async function digestFile(file: Blob, options: DigestFileOptions = {}): Promise<string | undefined> {
  const whole = wholeDigestWithWorker();
  let readBytes = 0;
  try {
    for await (const slice of sliceBody(file, sliceBytes)) {
      options.signal?.throwIfAborted();
      await whole.add(slice);
      readBytes += slice.size;
      options.onProgress?.(readBytes);
    }
  } catch (error) {
    whole.end().catch(() => {});
    throw error;
  }
  return whole.end();
}
