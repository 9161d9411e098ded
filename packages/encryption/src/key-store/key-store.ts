/** Where the private parts of keys lie. The database knows them by reference only. */
export interface KeyStore {
  /**
   * The identity (`AGE-SECRET-KEY-1…`), or undefined where there is none of that name.
   *
   * @throws HikyakuError `key-unavailable` where it is there and must not, or can not, be used
   */
  find(reference: string): Promise<string | undefined>;
  /** Keeps a new identity. @throws HikyakuError `key-unavailable`, also where the name is taken */
  add(reference: string, identity: string): Promise<void>;
}
