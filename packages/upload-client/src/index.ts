export type { SendBody, SendBodyAnswer, SendBodyRequest } from './send-body.ts';
export { type UploadFileOptions, uploadFile } from './upload-file.ts';
export type { PresignedPut, UploadCandidate, UploadPort } from './upload-port.ts';
export type { UploadPhase, UploadProgress } from './upload-progress.ts';
export {
  createUploadQueue,
  type QueuedUpload,
  type QueuedUploadState,
  type UploadQueue,
  type UploadQueueSnapshot,
  type UploadQueueTotal,
} from './upload-queue.ts';
