import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { RequestPrincipal } from '../evaluate/access-request.ts';
import { allowingEverything } from '../policy/allowing-everything.ts';
import { policiesIn } from '../evaluate/policies-in.ts';
import { principalOf } from '../evaluate/principal-of.ts';
import { requester } from '../evaluate/requester.ts';
import type { PolicyStatement } from '../policy/policy.ts';

/** Somebody who is asked for, and what the policies of a version are for them. */
export interface AskedPrincipal {
  principal: RequestPrincipal;
  /**
   * `subject`: whom the identity policies belong to. `named`: by the resource's policy, without policies of their own.
   * `insider`, `outsider`: somebody of the resource's account, or of another, whose own policies allow everything.
   */
  as: 'subject' | 'named' | 'insider' | 'outsider' | 'anonymous';
  policiesIn: (version: AccessPolicies) => AccessPolicies;
}

/** An account that is nobody's: AWS uses it in its examples. */
const strangersAccountId = '999999999999';

export function askedPrincipals(
  versions: readonly AccessPolicies[],
  options: { subject: RequestPrincipal | undefined; resourceAccountId: string },
): AskedPrincipal[] {
  const { subject, resourceAccountId } = options;
  const asked: AskedPrincipal[] = [];
  const isOfSomebody = versions.some(({ identity, permissionsBoundary, session }) =>
    Boolean(identity?.length || permissionsBoundary || session?.length),
  );
  if (subject || isOfSomebody) {
    const principal = subject ?? (wantUser(versions) ? userIn : roleIn)(resourceAccountId, 'it');
    asked.push({ principal, as: 'subject', policiesIn: (version) => version });
  }
  const hasResourcePolicy = versions.some(({ resource }) => resource);
  if (!hasResourcePolicy) return asked;
  asked.push({
    principal: roleIn(resourceAccountId, 'administrator'),
    as: 'insider',
    policiesIn: withEverything,
  });
  for (const principal of principalsIn(versions)) {
    if (subject && JSON.stringify(principal) === JSON.stringify(subject)) continue;
    if (principal.kind === 'anonymous') {
      asked.push({ principal, as: 'anonymous', policiesIn: ofPlace });
      asked.push(outsider(roleIn(strangersAccountId, 'anybody')));
    } else if (principal.kind === 'root' && principal.accountId !== resourceAccountId) {
      asked.push(outsider(roleIn(principal.accountId, 'anybody')));
    } else if (hasNoAccount(principal) || requester(principal).accountId === resourceAccountId) {
      if (principal.kind !== 'root') asked.push({ principal, as: 'named', policiesIn: ofPlace });
    } else asked.push(outsider(principal));
  }
  return asked;
}

function outsider(principal: RequestPrincipal): AskedPrincipal {
  return { principal, as: 'outsider', policiesIn: withEverything };
}

function withEverything(version: AccessPolicies): AccessPolicies {
  return { ...ofPlace(version), identity: [allowingEverything('everything')] };
}

/** Without what belongs to the subject. */
function ofPlace(version: AccessPolicies): AccessPolicies {
  const { resource, endpoint, resourceControl, bucket } = version;
  return {
    ...(resource ? { resource } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(resourceControl ? { resourceControl } : {}),
    ...(bucket ? { bucket } : {}),
  };
}

function hasNoAccount({ kind }: RequestPrincipal): boolean {
  return kind === 'service' || kind === 'federated-identity';
}

type WrittenPrincipal = NonNullable<PolicyStatement['principals']>['values'][number];

/** Whom the resource's policies name, each once. Beside whom they except stands everybody else. */
function principalsIn(versions: readonly AccessPolicies[]): RequestPrincipal[] {
  const elements = versions
    .flatMap(({ resource }) => resource?.policy.statements ?? [])
    .flatMap(({ principals }) => principals ?? []);
  const found: RequestPrincipal[] = elements.flatMap(({ values, isNegated }) => [
    ...values.flatMap((value) => principalFor(value) ?? []),
    ...(isNegated ? [{ kind: 'anonymous' as const }] : []),
  ]);
  return [...new Map(found.map((principal) => [JSON.stringify(principal), principal])).values()];
}

function principalFor({ type, value }: WrittenPrincipal): RequestPrincipal | undefined {
  switch (type) {
    case 'Service':
      return { kind: 'service', name: value };
    case 'Federated':
      return { kind: 'federated-identity', provider: value };
    case 'CanonicalUser':
      // An account by its other name, which doesn't tell its number.
      return { ...roleIn(strangersAccountId, 'anybody'), canonicalUserId: value };
    default:
      return principalOf(value);
  }
}

/** Roles have no user name that a policy could speak of. */
function wantUser(versions: readonly AccessPolicies[]): boolean {
  return versions.some((version) =>
    policiesIn(version).some(({ policy }) => policy.version === '2012-10-17' && /\$\{aws:username/i.test(policy.text)),
  );
}

function userIn(accountId: string, name: string): RequestPrincipal {
  return { kind: 'user', arn: `arn:aws:iam::${accountId}:user/${name}` };
}

function roleIn(accountId: string, name: string): RequestPrincipal {
  return { kind: 'role-session', roleArn: `arn:aws:iam::${accountId}:role/${name}`, sessionName: 'session' };
}
