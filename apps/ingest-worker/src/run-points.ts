/** Where a worker is with one object, in this order. Between any two of them it may die. */
export const runPoints = [
  /** Its event was received and understood. */
  'received',
  /** The ledger has it; the message is still in the queue, and nobody was woken. */
  'recorded',
  'claimed',
  /** On half of the object's bytes. */
  'get-half',
  /** On half of the content's bytes: they were decrypted and unpacked, and not taken apart yet. */
  'decrypt-half',
  /** The same half is on its way into the staging table. */
  'copy-half',
  /** All of it is staged, and what was read is what S3 has. */
  'verified',
  'before-merge',
  /** Merged, settled, and not committed. */
  'before-commit',
  'after-commit',
] as const;
export type RunPoint = (typeof runPoints)[number];

/** A point that is passed while bytes go by. */
type StreamPoint = Extract<RunPoint, `${string}-half`>;

/**
 * Hears where a worker is and may hold it there: what a worker that dies or freezes leaves behind is the subject of the
 * fault tests, and they have to meet it at known places. In production nobody listens.
 */
export interface RunObserver {
  /** The worker goes on when it resolves. */
  reach(point: RunPoint, objectKey: string): Promise<void> | undefined;
  /** The same bytes; the points are reached as they go by. */
  watch(points: readonly StreamPoint[], objectKey: string, bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

export const unobserved: RunObserver = { reach: () => undefined, watch: (_points, _objectKey, bytes) => bytes };
