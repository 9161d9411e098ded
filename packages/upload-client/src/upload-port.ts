import type { BodyDigest } from '@hikyaku/types';

/** What our server does for an upload. Bound to a dataset and a session by whoever makes it. */
export interface UploadPort {
  /** Repeated while its error is retriable, always with the same `requestId`: one upload comes of it. */
  create(file: UploadCandidate): Promise<CreatedUpload>;
  /** A fresh URL for an open upload of one PUT whose URL has died. Repeated while its error is retriable. */
  presignAgain(uploadId: string): Promise<PresignedPut>;
  /** What storage has of an open upload in parts, from an earlier try. Repeated while its error is retriable. */
  listSentParts(uploadId: string): Promise<PartToSign[]>;
  /** URLs for some parts, each for exactly these bytes; a part may be signed again. Repeated while its error is retriable. */
  signParts(uploadId: string, parts: PartToSign[]): Promise<SignedPart[]>;
  /**
   * Judges by what storage holds. Repeated while its error is retriable, so it must do no harm twice. `sha256`, in base64, is that of
   * all that was sent in parts: whoever takes the file in compares it.
   */
  complete(uploadId: string, sha256?: string): Promise<void>;
  /**
   * Called after a cancel, or when nothing can come of the parts that were sent. Its failure is told to nobody, for an upload left open
   * expires by itself.
   *
   * @throws HikyakuError `upload-not-open` where it ended before: what has arrived stays
   */
  abort(uploadId: string): Promise<void>;
}

export interface UploadCandidate {
  /** A UUID of this sending. */
  requestId: string;
  fileName: string;
  sizeBytes: number;
  /** As the browser guessed it; empty where it has no idea. */
  contentType: string;
  /** Of the whole file, where it is small enough to be sent by one PUT. */
  digest?: BodyDigest;
}

/** The server decides by the size how the bytes go. */
export type CreatedUpload = { uploadId: string } & (
  | { method: 'single'; put: PresignedPut }
  /** All parts are of this size but the last. `sentParts` are there from an earlier try. */
  | { method: 'multipart'; partSizeBytes: number; sentParts?: readonly PartToSign[] }
  /** It is there already: nothing is sent. */
  | { method: 'stored' }
);

export interface PartToSign {
  /** From 1. */
  partNumber: number;
  sizeBytes: number;
  digest: BodyDigest;
}

export interface SignedPart {
  partNumber: number;
  put: PresignedPut;
}

export interface PresignedPut {
  url: string;
  /** Signed with the URL: each has to be sent as it is. */
  headers: Readonly<Record<string, string>>;
  /** ISO 8601. */
  expiresAt: string;
}
