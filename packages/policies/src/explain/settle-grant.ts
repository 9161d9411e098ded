import { keysIn, type RequestContext } from '../conditions/request-context.ts';
import type { KeyGrant } from '../evaluate/access-policies.ts';
import { encryptionContextKey } from '../evaluate/key-grants.ts';
import type { KnownFacts } from './settle-statement.ts';

export interface SettledGrant {
  /** As if the request's encryption context were what the grant wants, as far as nobody knows otherwise. */
  met: KeyGrant;
  /** Condition keys that it asks for and of which nobody knows. */
  unknownKeys: readonly string[];
}

/** What a grant may mean where not everything is known of a request's encryption context. */
export function settleGrant(grant: KeyGrant, context: RequestContext, { isKnown }: KnownFacts): SettledGrant {
  const { encryptionContextEquals, encryptionContextSubset, ...unconstrained } = grant;
  const wanted = Object.entries({ ...encryptionContextSubset, ...encryptionContextEquals }).map(([name, value]) => ({
    key: `${encryptionContextKey}${name}`,
    value,
  }));
  const unknownKeys = wanted.map(({ key }) => key).filter((key) => !isKnown(key.toLowerCase()));
  const isContradicted = wanted.some(
    ({ key, value }) => isKnown(key.toLowerCase()) && context.get(key.toLowerCase())?.[0] !== value,
  );
  const wantedKeys = new Set(wanted.map(({ key }) => key.toLowerCase()));
  const saysMore = keysIn(context).some(
    (key) => key.startsWith(encryptionContextKey.toLowerCase()) && isKnown(key) && !wantedKeys.has(key),
  );
  const cannotBeMet = isContradicted || (encryptionContextEquals !== undefined && saysMore);
  if (unknownKeys.length === 0 || cannotBeMet) return { met: grant, unknownKeys: [] };
  return { met: unconstrained, unknownKeys };
}
