import { planParts } from '../plan-parts.ts';
import { createCompositeDigest, createDigest, type DigestAlgorithm, type RunningDigest } from './object-digest.ts';

/** By what the bytes are told to be the right ones. */
export interface VerificationPlan {
  /** `expected`: what the caller knew; `checksum`: what S3 keeps beside the object; `etag`: its MD5, of parts too. */
  by: 'expected' | 'checksum' | 'etag';
  algorithm: DigestAlgorithm;
  /** Of the whole, or of so many parts. */
  expected: string;
  /** The sizes of the parts are a guess: that it fits is proof, that it doesn't is none. */
  isAssumed: boolean;
  start(): { digest: RunningDigest; read(digest: Buffer): string };
}

/** What S3 says about an object's bytes. */
export interface ObjectClaims {
  sizeBytes: number;
  /** Without quotes. */
  etag: string;
  /** False where the ETag can't be an MD5. */
  isEtagDigest: boolean;
  /** As S3 says it: in base64, with `-` and the number of parts where it is one of parts. The cheapest first. */
  checksums: readonly { algorithm: Exclude<DigestAlgorithm, 'md5'>; value: string }[];
  /** Of each part that it was sent in, where S3 tells. */
  partSizes: readonly number[] | undefined;
}

export interface KnownContent {
  /** In hexadecimal: by whoever sent the object, told some other way. */
  sha256?: string | undefined;
  /** Of the upload's parts, all but the last. */
  partSizeBytes?: number | undefined;
}

const mebibyte = 1024 ** 2;
/** What clients send by themselves: AWS' own, rclone, MinIO's, s5cmd and the like. */
const usualPartSizes = [8, 5, 16, 15, 10, 32, 50, 64, 100, 128].map((size) => size * mebibyte);

/**
 * The surest way to verify an object that there is: what the caller knows, else S3's checksum of the whole, else that of its
 * parts, else the ETag. Undefined where there is none.
 */
export function planVerification(object: ObjectClaims, known: KnownContent = {}): VerificationPlan | undefined {
  if (known.sha256 !== undefined) {
    const expected = known.sha256.toLowerCase();
    return whole('expected', 'sha256', expected, 'hex');
  }
  const checksum =
    object.checksums.find(({ value }) => !value.includes('-')) ?? object.checksums.find(({ value }) => value !== '');
  if (checksum) {
    const plan = ofValue('checksum', { ...checksum, encoding: 'base64' }, object, known);
    if (plan) return plan;
  }
  if (!object.isEtagDigest) return undefined;
  return ofValue('etag', { algorithm: 'md5', value: object.etag, encoding: 'hex' }, object, known);
}

function ofValue(
  by: VerificationPlan['by'],
  { algorithm, value, encoding }: { algorithm: DigestAlgorithm; value: string; encoding: 'base64' | 'hex' },
  object: ObjectClaims,
  known: KnownContent,
): VerificationPlan | undefined {
  const partCount = Number(value.split('-')[1] ?? 0);
  if (partCount === 0) return whole(by, algorithm, value, encoding);
  const parts = findParts(object, partCount, known);
  if (!parts) return undefined;
  return {
    by,
    algorithm,
    expected: value,
    isAssumed: parts.isAssumed,
    start() {
      const digest = createCompositeDigest(algorithm, parts.sizeOf);
      return { digest, read: (bytes) => `${bytes.toString(encoding)}-${digest.partCount}` };
    },
  };
}

function whole(
  by: VerificationPlan['by'],
  algorithm: DigestAlgorithm,
  expected: string,
  encoding: 'base64' | 'hex',
): VerificationPlan {
  const start = () => ({ digest: createDigest(algorithm), read: (bytes: Buffer) => bytes.toString(encoding) });
  return { by, algorithm, expected, isAssumed: false, start };
}

function findParts(
  { sizeBytes, partSizes }: ObjectClaims,
  partCount: number,
  { partSizeBytes }: KnownContent,
): { sizeOf: (index: number) => number | undefined; isAssumed: boolean } | undefined {
  if (partSizes?.length === partCount) return { sizeOf: (index) => partSizes[index], isAssumed: false };
  if (partSizeBytes !== undefined) return { sizeOf: () => partSizeBytes, isAssumed: false };
  const assumed = assumePartSize(sizeBytes, partCount);
  return assumed === undefined ? undefined : { sizeOf: () => assumed, isAssumed: true };
}

/** A size of parts that clients use and that makes so many of them. */
function assumePartSize(sizeBytes: number, partCount: number): number | undefined {
  // Of one part any size does that is as large as the object.
  if (partCount === 1) return Math.max(sizeBytes, 1);
  const least = Math.ceil(sizeBytes / partCount / mebibyte) * mebibyte;
  return [planParts(sizeBytes).partSizeBytes, ...usualPartSizes, least].find(
    (size) => Math.ceil(sizeBytes / size) === partCount,
  );
}
