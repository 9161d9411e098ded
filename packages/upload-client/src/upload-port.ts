/** What our server does for an upload. Bound to a dataset and a session by whoever makes it. */
export interface UploadPort {
  /** Not repeated on failure: each call makes an upload. */
  create(file: UploadCandidate): Promise<{ uploadId: string; put: PresignedPut }>;
  /** A fresh URL for an open upload whose URL has died. Repeated while its error is retriable. */
  presignAgain(uploadId: string): Promise<PresignedPut>;
  /** Judges by what storage holds. Repeated while its error is retriable, so it must do no harm twice. */
  complete(uploadId: string): Promise<void>;
  /** Called once after a cancel; its failure is ignored, for an upload left open expires by itself. */
  abort(uploadId: string): Promise<void>;
}

export interface UploadCandidate {
  fileName: string;
  sizeBytes: number;
  /** As the browser guessed it; empty where it has no idea. */
  contentType: string;
}

export interface PresignedPut {
  url: string;
  /** Signed with the URL: each has to be sent as it is. */
  headers: Readonly<Record<string, string>>;
  /** ISO 8601. */
  expiresAt: string;
}
