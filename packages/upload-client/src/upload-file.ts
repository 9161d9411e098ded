import type { SendBody } from './send-body.ts';
import type { UploadPort } from './upload-port.ts';
import type { UploadProgress } from './upload-progress.ts';

export interface UploadFileOptions {
  file: Blob & { readonly name: string };
  port: UploadPort;
  onProgress?(progress: UploadProgress): void;
  /** Aborting stops the bytes at once and rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Default: by XMLHttpRequest. */
  sendBody?: SendBody;
}

/** Sends one file straight to storage. */
export declare function uploadFile(options: UploadFileOptions): Promise<{ uploadId: string }>;
