import type { UploadAnswer } from './answers.ts';
import type { V1Client } from './v1-client.ts';

/** The server holds an answer back until something happened, so there is no sleep in between. */
const longestAskSeconds = 30;

/** The upload when nothing more will happen to it by itself, or as it is after so many seconds. */
export async function waitUntilSettled(
  api: Pick<V1Client, 'getUpload'>,
  uploadId: string,
  options: { seconds: number; signal: AbortSignal; onChange?: (upload: UploadAnswer) => void },
): Promise<UploadAnswer> {
  const end = performance.now() + options.seconds * 1_000;
  for (;;) {
    options.signal.throwIfAborted();
    const left = Math.ceil((end - performance.now()) / 1_000);
    const upload = await api.getUpload(uploadId, Math.max(0, Math.min(longestAskSeconds, left)));
    options.onChange?.(upload);
    if (upload.isSettled || left <= 0) return upload;
  }
}
