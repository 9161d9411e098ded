import { matchesPattern, wildcardPattern } from '../match/wildcard-pattern.ts';
import { policyText, withoutVariables } from '../match/policy-text.ts';
import { serviceTable } from './service-table.ts';
import type { ServiceEntry } from './service-table-type.ts';

const services = new Map(Object.entries(serviceTable.services));

/** Undefined for services the table doesn't speak of. */
export function serviceOf(prefix: string): ServiceEntry | undefined {
  return services.get(prefix.toLowerCase());
}

/** The actions a pattern such as `Get*` stands for, as AWS writes them. */
export function actionsLike(service: ServiceEntry, pattern: string): string[] {
  const text = policyText(pattern.toLowerCase(), { wildcards: true, variables: false });
  const compiled = wildcardPattern(withoutVariables(text) ?? []);
  return Object.keys(service.actions).filter((name) => matchesPattern(compiled, name.toLowerCase()));
}

/** The type of a condition key; undefined where AWS has no such key, `unknown` where the table can't tell. */
export function conditionKeyType(key: string): string | undefined {
  const name = key.toLowerCase();
  const [prefix = ''] = name.split(':');
  const service = serviceOf(prefix);
  // sts has keys of every identity provider besides its own.
  if (prefix !== 'aws' && !service) return typeIn(serviceTable.globalKeys, name) ?? 'unknown';
  return typeIn(serviceTable.globalKeys, name) ?? (service && typeIn(service.keys, name));
}

/** Whether requests for an action can have a key. */
export function actionHasKey(service: ServiceEntry, action: string, key: string): boolean {
  const name = key.toLowerCase();
  const own = service.actions[action]?.keys ?? [];
  return [...service.everyAction, ...own].some((known) => isKey(known, name));
}

function typeIn(keys: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(keys).find(([known]) => isKey(known, name))?.[1];
}

/** A key that ends in a slash (or, for KMS contexts, a colon) goes on freely. */
function isKey(known: string, name: string): boolean {
  const lower = known.toLowerCase();
  return /[/:]$/.test(lower) ? name.startsWith(lower) && name.length > lower.length : name === lower;
}
