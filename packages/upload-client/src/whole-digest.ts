/** SHA-256 of an object whose parts come one after the other. */
export interface WholeDigest {
  add(part: Blob): Promise<void>;
  /** In base64, as storage has it; undefined where it could not be made. The last thing asked for. */
  end(): Promise<string | undefined>;
}

export type BeginWholeDigest = () => WholeDigest;
