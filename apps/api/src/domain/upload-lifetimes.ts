/** Of a presigned PUT. */
export const putLifetimeSeconds = 60 * 60;

/** After a long weekend a file can still be gone on with. S3 itself drops parts a week later (the bucket's lifecycle). */
const keptDays = 7;

/**
 * How long an upload lives that something was signed for now: no URL of it works after `expiresAt`. The parts of a file are
 * kept longer; those of a stream are of no use to another run, whose bytes need not come as they were.
 */
export function uploadLifetimes(upload: { isFileInParts: boolean }): { expiresAt: Date; keepUntil?: Date } {
  const now = Date.now();
  const expiresAt = new Date(now + putLifetimeSeconds * 1_000);
  return upload.isFileInParts ? { expiresAt, keepUntil: new Date(now + keptDays * 86_400_000) } : { expiresAt };
}
