import { splitArn } from '../match/arn-pattern.ts';
import type { RequestPrincipal } from './access-request.ts';

/** A principal by the names policies know it under. */
export interface Requester {
  kind: RequestPrincipal['kind'];
  /** Absent for services, federated identities and the anonymous. */
  accountId?: string;
  /** The principal that makes the request: a session's own ARN, a user's, a service's name, a provider. */
  ownName?: string;
  /** The role behind a session, or the user behind a federated session. */
  parentArn?: string;
  canonicalUserId?: string;
  /** Service control and resource control policies leave service-linked roles alone. */
  isServiceLinkedRole: boolean;
  context: ReadonlyMap<string, readonly string[]>;
}

export function requester(principal: RequestPrincipal): Requester {
  const names = namesOf(principal);
  const { accountId } = names;
  const context = new Map<string, readonly string[]>();
  const put = (key: string, value: string | undefined) => {
    if (value !== undefined) context.set(key, [value]);
  };
  put('aws:principalarn', principalArn(principal));
  put('aws:principalaccount', accountId);
  put('aws:principaltype', principalTypes[principal.kind]);
  put('aws:principalisawsservice', String(principal.kind === 'service'));
  if (principal.kind === 'service') put('aws:principalservicename', principal.name);
  if (principal.kind === 'user') put('aws:username', lastStep(principal.arn));
  for (const [key, value] of Object.entries(principal.tags ?? {})) put(`aws:principaltag/${key.toLowerCase()}`, value);
  const { canonicalUserId } = principal;
  return {
    kind: principal.kind,
    ...names,
    ...(canonicalUserId === undefined ? {} : { canonicalUserId }),
    isServiceLinkedRole:
      principal.kind === 'role-session' &&
      (splitArn(principal.roleArn)?.[5] ?? '').startsWith('role/aws-service-role/'),
    context,
  };
}

/** Values of `aws:PrincipalType`; a federated identity and a service have none. */
const principalTypes: Partial<Record<RequestPrincipal['kind'], string>> = {
  user: 'User',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
  root: 'Account',
  anonymous: 'Anonymous',
};

function namesOf(principal: RequestPrincipal): Pick<Requester, 'accountId' | 'ownName' | 'parentArn'> {
  switch (principal.kind) {
    case 'user':
      return { ...accountOf(principal.arn), ownName: principal.arn };
    case 'role-session':
      return { ...accountOf(principal.roleArn), ownName: sessionArn(principal), parentArn: principal.roleArn };
    case 'federated-user':
      return { ...accountOf(principal.arn), ownName: principal.arn, parentArn: principal.userArn };
    case 'root':
      return { accountId: principal.accountId, ownName: `arn:aws:iam::${principal.accountId}:root` };
    case 'service':
      return { ownName: principal.name };
    case 'federated-identity':
      return { ownName: principal.provider };
    default:
      return {};
  }
}

/** Of a role session it is the role's. */
function principalArn(principal: RequestPrincipal): string | undefined {
  if (principal.kind === 'role-session') return principal.roleArn;
  if (principal.kind === 'user' || principal.kind === 'federated-user') return principal.arn;
  return principal.kind === 'root' ? `arn:aws:iam::${principal.accountId}:root` : undefined;
}

/** A role's path isn't part of its sessions' ARN. */
function sessionArn({ roleArn, sessionName }: { roleArn: string; sessionName: string }): string {
  const [, partition = 'aws', , , accountId = ''] = splitArn(roleArn) ?? [];
  return `arn:${partition}:sts::${accountId}:assumed-role/${lastStep(roleArn)}/${sessionName}`;
}

function lastStep(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

function accountOf(arn: string): { accountId?: string } {
  const accountId = splitArn(arn)?.[4];
  return accountId ? { accountId } : {};
}
