import type { RequestPrincipal } from './access-request.ts';
import { lastStep, type Requester } from './requester.ts';

/**
 * Puts in what AWS says of every principal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
 */
export function putPrincipalContext(
  context: Map<string, readonly string[]>,
  principal: RequestPrincipal,
  { accountId, parentArn, ownName }: Requester,
): void {
  const { kind, tags } = principal;
  if (accountId !== undefined) {
    context.set('aws:principalaccount', [accountId]);
    // Of a role session it is the role's.
    const arn = kind === 'role-session' ? parentArn : ownName;
    if (arn !== undefined) context.set('aws:principalarn', [arn]);
  }
  const type = principalTypes[kind];
  if (type) context.set('aws:principaltype', type);
  if (kind !== 'anonymous') context.set('aws:principalisawsservice', kind === 'service' ? yes : no);
  if (kind === 'service') context.set('aws:principalservicename', [principal.name]);
  if (kind === 'user') context.set('aws:username', [lastStep(principal.arn)]);
  if (!tags) return;
  for (const [key, value] of Object.entries(tags)) context.set(`aws:principaltag/${key.toLowerCase()}`, [value]);
}

const yes = ['true'];
const no = ['false'];

/** Values of `aws:PrincipalType`; a federated identity and a service have none. */
const principalTypes: Partial<Record<RequestPrincipal['kind'], readonly string[]>> = {
  user: ['User'],
  'role-session': ['AssumedRole'],
  'federated-user': ['FederatedUser'],
  root: ['Account'],
  anonymous: ['Anonymous'],
};
