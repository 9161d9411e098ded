import type { PresignedPut } from './upload-port.ts';

/**
 * Sends one body by PUT and waits for the answer, whatever its status.
 *
 * Throws `HikyakuError('network')` when no answer came, and the signal's reason as soon as it is aborted; no byte is
 * sent after that.
 */
export type SendBody = (request: SendBodyRequest) => Promise<SendBodyAnswer>;

export interface SendBodyRequest {
  put: PresignedPut;
  body: Blob;
  /** Bytes of the body handed to the network so far. Falls only where a browser repeats the request by itself. */
  onProgress: (sentBytes: number) => void;
  signal: AbortSignal;
}

export interface SendBodyAnswer {
  status: number;
  /** S3 explains a refusal in XML. */
  text: string;
}
