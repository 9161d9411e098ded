import { z } from 'zod';

/** Digests of one body that goes to storage, in base64 as S3's headers have them. */
export const bodyDigest = z.object({
  md5: z.string().regex(/^[A-Za-z0-9+/]{22}==$/),
  sha256: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
});
export type BodyDigest = z.infer<typeof bodyDigest>;

/** SHA-256 in base64, as S3's headers have it. */
export const sha256Digest = bodyDigest.shape.sha256;

/** What a sender said a file's bytes are: SHA-256 of each part in order, or of one part that is the whole file. */
export interface SentChecksums {
  /** All parts are of this size but the last. */
  partSizeBytes: number;
  sha256: string[];
  /** Of a file in parts, all of it; null where the sender told none. */
  whole: string | null;
}
