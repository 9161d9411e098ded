import type { RetryBudget } from '../retry/retry-budget.ts';
import type { RetryOptions } from '../retry/retry.ts';
import type { UploadChecksum } from './upload-checksum.ts';

/** Where the bytes come from. A stream is read once; its size is needed only above 156 GiB. */
export type UploadSource = { path: string } | { stream: AsyncIterable<Uint8Array>; sizeBytes?: number };

export type UploadEncryption =
  /** With keys of S3's own. */
  | { kind: 'AES256' }
  /** With a key of KMS, the account's own for S3 unless given; `bucketKey` asks KMS once for many objects. */
  | { kind: 'aws:kms'; keyId?: string; bucketKey?: boolean };

export interface UploadOptions {
  contentType?: string;
  /** Without `x-amz-meta-`; ASCII, as headers are. */
  metadata?: Record<string, string>;
  tags?: Record<string, string>;
  encryption?: UploadEncryption;
  /** What S3 checks the bytes with, beside their MD5, and keeps. Default `sha256`. */
  checksum?: UploadChecksum;
  /** Refuses to write where something is already (`precondition-failed`). */
  onlyIfAbsent?: boolean;
  /** Parts on their way at once; 4 by default, and no more than 64 MiB of them, or one. */
  connections?: number;
  /** Bytes of a part; at least 5 MiB. 16 MiB by default, more where 10,000 of them would not do. */
  partSizeBytes?: number;
  /** Goes on with an upload that `keepParts` left: what is there already, byte for byte, is not sent again. */
  resume?: { uploadId: string };
  /** Leaves the parts of an upload that failed or was aborted, to go on with; the error's details say its `uploadId`. */
  keepParts?: boolean;
  /** Of an upload in parts, before the first is sent: what `resume` wants, for whom a crash should not cost it. */
  onBegun?: (uploadId: string) => void;
  retryBudget?: RetryBudget;
  onRetry?: RetryOptions['onRetry'];
  /** After each part. */
  onProgress?: (progress: { sentBytes: number; resumedBytes: number }) => void;
  signal?: AbortSignal;
}

export interface UploadedObject {
  /** `'null'` where the bucket keeps no versions. */
  versionId: string;
  /** Without quotes. */
  etag: string;
  sizeBytes: number;
  /** Of the whole, in base64. */
  sha256: string;
  /** As S3 keeps it, where the store knows that: in base64, with `-` and the number of parts where it is one of parts. */
  checksum: { algorithm: UploadChecksum; value: string };
  /** 0 for an object that was sent in one piece. */
  partCount: number;
  /** Of `sizeBytes`, what an earlier upload had brought. */
  resumedBytes: number;
}
