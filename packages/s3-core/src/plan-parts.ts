/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const mostParts = 10_000;
const mebibyte = 1024 ** 2;

/**
 * Small enough that a part sent again costs little and that four in flight start soon, large enough that requests and
 * signatures don't matter. The least that S3 takes is 5 MiB.
 */
export const usualPartBytes = 16 * mebibyte;

/** Parts of equal size, the last one shorter. */
export interface PartPlan {
  partSizeBytes: number;
  partCount: number;
}

/** The usual size of parts up to 156 GiB; beyond it as large as 10,000 of them need to be. */
export function planParts(sizeBytes: number): PartPlan {
  const least = Math.ceil(sizeBytes / mostParts / mebibyte) * mebibyte;
  const partSizeBytes = Math.max(usualPartBytes, least);
  return { partSizeBytes, partCount: partCountOf({ sizeBytes, partSizeBytes }) };
}

/**
 * For a stream whose length nobody knows: parts of 8 MiB, for they lie in memory while they are sent. What 10,000 of them
 * hold, 78 GiB, is the most that a stream may have.
 */
export const streamPlan = { partSizeBytes: 8 * mebibyte, mostBytes: 8 * mebibyte * mostParts };

/** How many parts an object has. */
export function partCountOf(object: { sizeBytes: number; partSizeBytes: number }): number {
  return Math.ceil(object.sizeBytes / object.partSizeBytes);
}

/** Bytes of one part, counted from 1; undefined where the plan has no such part. */
export function plannedPartBytes(
  object: { sizeBytes: number; partSizeBytes: number },
  partNumber: number,
): number | undefined {
  const left = object.sizeBytes - (partNumber - 1) * object.partSizeBytes;
  return partNumber >= 1 && left > 0 ? Math.min(left, object.partSizeBytes) : undefined;
}
