import { type KeyPlaces, runKeys } from './run-keys.ts';

/** Makes a key of age for an organization; resolves to the public part. */
export async function createKey(where: KeyPlaces, organization: string): Promise<string> {
  return runKeys(where, ['create', organization]);
}
