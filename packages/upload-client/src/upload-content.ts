import type { DigestedBody } from './digest-body.ts';
import type { SealedSoFar } from './seal-content.ts';
import type { PartToSign, UploadCandidate } from './upload-port.ts';

/** Files up to here are digested as a whole before they are announced; larger ones part by part while they are sent. */
export const wholeDigestBytes = 16 * 1024 ** 2;

/** What of a file goes to storage: the file as it is (`plainContent`), or sealed (`sealContent`). */
export interface UploadContent {
  readonly sizeBytes: number;
  candidate(): Promise<Omit<UploadCandidate, 'requestId'>>;
  /** To be sent by one PUT. */
  whole(): Promise<Blob>;
  /** In their order, each made when it is asked for. */
  parts(partSizeBytes: number, sentParts: readonly PartToSign[]): AsyncIterable<Blob | DigestedBody>;
  /** See `putParts`. */
  readonly ahead?: number;
  /** What going on later needs beside the upload. The same object while the upload lasts; filled as parts are made. */
  readonly sealed?: SealedSoFar;
}
