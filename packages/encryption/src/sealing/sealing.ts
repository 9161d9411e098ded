/**
 * One file on its way to being an age file, with a key of its own: whatever is sealed of it, in which order and how often, are
 * bytes of the same age file. Only typed arrays and numbers, so that it can be kept (in IndexedDB) and gone on with.
 *
 * A secret of whoever has the file in the open: `payloadKey` opens it. And for this file alone, as it is now: two contents
 * sealed by one key give each other away to whoever sees both.
 */
export interface Sealing {
  /** The header and the nonce, with which the age file begins. */
  head: Uint8Array<ArrayBuffer>;
  payloadKey: Uint8Array<ArrayBuffer>;
  plainBytes: number;
  /** How long the age file is. */
  sealedBytes: number;
}
