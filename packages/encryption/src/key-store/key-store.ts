import type { SecretKey } from './secret-key.ts';

/** Where the private parts of keys lie. The database knows them by reference only. */
export interface KeyStore {
  /**
   * The key, or undefined where there is none of that name.
   *
   * @throws HikyakuError `key-unavailable` where it is there and must not, or can not, be used
   */
  find(reference: string): Promise<SecretKey | undefined>;
  /** Keeps a new key. @throws HikyakuError `key-unavailable`, also where the name is taken */
  add(reference: string, key: SecretKey): Promise<void>;
}
