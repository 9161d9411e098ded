import { createProgressReporter } from './progress-reporter.ts';
import { putBody } from './put-body.ts';
import { retry } from './retry.ts';
import type { SendBody } from './send-body.ts';
import { sendBodyWithXhr } from './send-body-with-xhr.ts';
import { untilAborted } from './until-aborted.ts';
import { defaultPatience, type UploadPatience } from './upload-patience.ts';
import type { UploadPort } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';

export interface UploadFileOptions {
  file: Blob & { readonly name: string };
  port: UploadPort;
  onProgress?: (progress: UploadProgress) => void;
  /** Aborting stops the bytes at once, closes the upload and rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Default: by XMLHttpRequest, as browsers have it. */
  sendBody?: SendBody;
  patience?: Partial<UploadPatience>;
}

/**
 * Sends one file straight to storage and has it confirmed.
 *
 * Fails with a `HikyakuError` whose text is in `@hikyaku/texts`: what the port throws, `network`, `storage-refused`,
 * `storage-unavailable`, or `size-mismatch` when the file changed while it was read. Such an upload stays open until it
 * expires: the bytes may have arrived even so, and then the event from storage counts.
 */
export async function uploadFile(options: UploadFileOptions): Promise<{ uploadId: string }> {
  const { file, port, signal = new AbortController().signal } = options;
  const patience = { ...defaultPatience, ...options.patience };
  const progress = createProgressReporter(file.size, options.onProgress ?? (() => {}));

  signal.throwIfAborted();
  progress.enter('preparing', null);
  const creating = port.create({ fileName: file.name, sizeBytes: file.size, contentType: file.type });
  const closeWhenCancelled = () => {
    creating.then(({ uploadId }) => port.abort(uploadId)).catch(() => {});
  };
  signal.addEventListener('abort', closeWhenCancelled, { once: true });
  try {
    const { uploadId, put } = await untilAborted(creating, signal);
    progress.enter('sending', uploadId);
    await putBody({
      body: file,
      put,
      presignAgain: () => port.presignAgain(uploadId),
      send: options.sendBody ?? sendBodyWithXhr,
      patience,
      onProgress: progress.sent,
      signal,
    });
    progress.enter('confirming', uploadId);
    await retry(() => port.complete(uploadId), patience, signal);
    progress.enter('done', uploadId);
    return { uploadId };
  } finally {
    signal.removeEventListener('abort', closeWhenCancelled);
  }
}
