import type { SendBody } from '../send-body.ts';
import type { PresignedPut } from '../upload-port.ts';

/** What a diagnosis may touch. A browser's are made by whoever has one. */
export interface UploadSurroundings {
  /** As the browser says. It takes a network without a way out for one. */
  isOnline: () => boolean;
  now: () => Date;
  /** Of the page, such as `https://portal.example`. */
  pageOrigin: string;
  /** A file of our own site whose type is known, to tell our site from whoever answers in its place. */
  siteFile: { url: string; contentType: string };
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The way files are sent. */
  send: SendBody;
  /** Fails with a `HikyakuError` as calls of our API do. */
  askServer: (signal: AbortSignal) => Promise<ServerWord>;
  /** Whether the page's own security policy has stopped a request to this origin. */
  hasPolicyBlocked: (origin: string) => Promise<boolean>;
}

/** What our server says of the way from here to storage. */
export interface ServerWord {
  /** ISO 8601, of the moment it answered. */
  serverTime: string;
  /** Whether storage answers our server. */
  storageAnswers: boolean;
  small: UploadProbe;
  large: UploadProbe;
}

/**
 * A PUT that is signed to fail: its digests fit no body, so storage has to read all of it before it refuses (`BadDigest`), and keeps
 * nothing. That refusal is the sign that a body came through whole.
 */
export interface UploadProbe {
  sizeBytes: number;
  put: PresignedPut;
}
