import { splitArn } from '../match/arn-pattern.ts';
import type { RequestPrincipal } from './access-request.ts';

/** A principal by the names policies know it under. */
export interface Requester {
  kind: RequestPrincipal['kind'];
  /** Undefined for services, federated identities and the anonymous. */
  accountId: string | undefined;
  /** The principal that makes the request: a session's own ARN, a user's, a service's name, a provider. */
  ownName: string | undefined;
  /** The role behind a session, or the user behind a federated session. */
  parentArn: string | undefined;
  canonicalUserId: string | undefined;
  /** Service control and resource control policies leave service-linked roles alone. */
  isServiceLinkedRole: boolean;
}

export function requester(principal: RequestPrincipal): Requester {
  const { kind, canonicalUserId } = principal;
  const named = (accountId?: string, ownName?: string, parentArn?: string, isServiceLinkedRole = false) => ({
    kind,
    accountId,
    ownName,
    parentArn,
    canonicalUserId,
    isServiceLinkedRole,
  });
  switch (principal.kind) {
    case 'user':
      return named(accountOf(principal.arn), principal.arn);
    case 'role-session': {
      const { roleArn } = principal;
      return named(accountOf(roleArn), sessionArn(principal), roleArn, roleArn.includes(':role/aws-service-role/'));
    }
    case 'federated-user':
      return named(accountOf(principal.arn), principal.arn, principal.userArn);
    case 'root':
      return named(principal.accountId, `arn:aws:iam::${principal.accountId}:root`);
    case 'service':
      return named(undefined, principal.name);
    case 'federated-identity':
      return named(undefined, principal.provider);
    default:
      return named();
  }
}

/** A role's path isn't part of its sessions' ARN. */
function sessionArn({ roleArn, sessionName }: { roleArn: string; sessionName: string }): string {
  const [, partition = 'aws', , , accountId = ''] = splitArn(roleArn) ?? [];
  return `arn:${partition}:sts::${accountId}:assumed-role/${lastStep(roleArn)}/${sessionName}`;
}

function accountOf(arn: string): string | undefined {
  return splitArn(arn)?.[4] || undefined;
}

/** What follows a path: the name of a user or role. */
export function lastStep(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
