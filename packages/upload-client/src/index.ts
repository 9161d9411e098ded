export { browserConnectivity, type Connectivity } from './connectivity.ts';
export { type BegunUpload, UploadPaused } from './begun-upload.ts';
export type { DigestBody, DigestedBody } from './digest-body.ts';
export { digestFile, type DigestFileOptions } from './digest-file.ts';
export { type ConnectionBudget, createConnectionBudget } from './connection-budget.ts';
export type { QueuedUpload, QueuedUploadState } from './queued-upload.ts';
export type { SealedSoFar } from './seal-content.ts';
export type { Sealer } from './sealer.ts';
export type { SendBody, SendBodyAnswer, SendBodyRequest } from './send-body.ts';
export type { FileToQueue } from './queue-entry.ts';
export { openUploadMemory } from './memory/open-upload-memory.ts';
export type { FileIdentity, LeftUpload, RememberedUpload, UploadMemory } from './memory/upload-memory.ts';
export { sendBodyWithXhr } from './send-body-with-xhr.ts';
export { type UploadFileOptions, uploadFile } from './upload-file.ts';
export type { UploadPatience } from './upload-patience.ts';
export type {
  CreatedUpload,
  PartToSign,
  PresignedPut,
  SignedPart,
  UploadCandidate,
  UploadPort,
} from './upload-port.ts';
export type { UploadPhase, UploadProgress } from './upload-progress.ts';
export {
  createUploadQueue,
  type UploadQueue,
  type UploadQueueOptions,
  type UploadQueueSnapshot,
} from './upload-queue.ts';
export type { UploadQueueTotal } from './upload-queue-total.ts';
export type { BeginWholeDigest, WholeDigest } from './whole-digest.ts';
