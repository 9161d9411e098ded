import { splitArn } from '../match/arn-pattern.ts';
import type { RequestPrincipal } from './access-request.ts';

/**
 * Who a name stands for: the ARN that `aws sts get-caller-identity` prints, the ARN of a user, role or account, the name of a
 * service, or `*` for the anonymous. A role stands for one of its sessions; a role with a path has to be given by its own ARN,
 * for a session's doesn't tell it. Undefined where it is none of these.
 */
export function principalOf(name: string): RequestPrincipal | undefined {
  if (name === '*') return { kind: 'anonymous' };
  if (/^\d{12}$/.test(name)) return { kind: 'root', accountId: name };
  if (/^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(name)) return { kind: 'service', name };
  const [, partition = '', service, , accountId = '', resource = ''] = splitArn(name) ?? [];
  if (!/^\d{12}$/.test(accountId)) return undefined;
  const [kind = '', ...path] = resource.split('/');
  const last = path.at(-1);
  if (service === 'iam' && resource === 'root') return { kind: 'root', accountId };
  if (!last) return undefined;
  if (service === 'iam' && kind === 'user') return { kind: 'user', arn: name };
  if (service === 'iam' && kind === 'role') return { kind: 'role-session', roleArn: name, sessionName: 'session' };
  if (service === 'sts' && kind === 'assumed-role' && path.length === 2) {
    const roleArn = `arn:${partition}:iam::${accountId}:role/${path[0]}`;
    return { kind: 'role-session', roleArn, sessionName: last };
  }
  if (service === 'sts' && kind === 'federated-user') {
    return { kind: 'federated-user', arn: name, userArn: `arn:${partition}:iam::${accountId}:user/${last}` };
  }
  return undefined;
}
