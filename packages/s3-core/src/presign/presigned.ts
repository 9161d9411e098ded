import type { SigningExpiry } from './signing-expiry.ts';

/** A request that somebody without credentials may send. */
export interface Presigned extends Pick<SigningExpiry, 'expiresAt' | 'limitedBy'> {
  url: string;
}

export interface PresignedPut extends Presigned {
  /** To be sent exactly so: they are part of the signature. `Content-Length` is signed too; the client's HTTP stack sets it. */
  headers: Record<string, string>;
}
