import { keysIn } from '../conditions/request-context.ts';
import { compilePrincipals, type PrincipalMatch } from './compile-principals.ts';
import type { KeyGrant } from './access-policies.ts';
import type { RequestFacts } from './request-facts.ts';

/** The first grant that covers a request, and how it names the requester. */
export type CompiledGrants = (facts: RequestFacts) => { grantId: string; match: PrincipalMatch } | undefined;

/** https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export function compileGrants(grants: readonly KeyGrant[]): CompiledGrants {
  const compiled = grants.map((grant) => ({
    grant,
    principals: compilePrincipals(
      { name: 'Principal', isNegated: false, pointer: '', values: [granteeOf(grant)] },
      { accountMeansRoot: false, effect: 'Allow' },
    ),
    actions: new Set(grant.operations.map((operation) => `kms:${operation.toLowerCase()}`)),
  }));
  return (facts) => {
    for (const { grant, principals, actions } of compiled) {
      if (!actions.has(facts.action) || !meetsConstraints(grant, facts)) continue;
      const match = principals(facts.requester);
      if (match) return { grantId: grant.id, match };
    }
    return undefined;
  };
}

function granteeOf({ granteePrincipal: value }: KeyGrant) {
  const type: 'AWS' | 'Service' = value.startsWith('arn:') ? 'AWS' : 'Service';
  return { type, value, pointer: '' };
}

const withoutEncryptionContext = new Set(['kms:describekey', 'kms:retiregrant']);
/** With the name of an entry it is the condition key of its value. */
export const encryptionContextKey = 'kms:EncryptionContext:';
const contextKey = encryptionContextKey.toLowerCase();

function meetsConstraints(
  { encryptionContextEquals, encryptionContextSubset }: KeyGrant,
  { action, context }: RequestFacts,
): boolean {
  if (withoutEncryptionContext.has(action)) return true;
  const includes = (wanted: Readonly<Record<string, string>>) =>
    Object.entries(wanted).every(([key, value]) => context.get(`${contextKey}${key.toLowerCase()}`)?.[0] === value);
  if (encryptionContextSubset && !includes(encryptionContextSubset)) return false;
  if (!encryptionContextEquals) return true;
  const given = keysIn(context).filter((key) => key.startsWith(contextKey)).length;
  return given === Object.keys(encryptionContextEquals).length && includes(encryptionContextEquals);
}
