import type { AccessPolicies, AccessRequest, NamedPolicy, RequestPrincipal, Statement } from '../../index.ts';
import {
  accountId,
  allowAll,
  named,
  type Outcome,
  otherAccountId,
  readObject,
  roleArn,
  sessionArn,
  userArn,
} from './documented-case.ts';

/** What a policy says of the request; a layer that is left out isn't attached. */
type Say = 'allow' | 'nothing' | 'deny';
/** Whom the resource's policy allows. */
type Grants =
  | 'nobody'
  | 'user'
  | 'role'
  | 'session'
  | 'account'
  | 'everybody'
  | 'service'
  | 'provider'
  | 'federated'
  | 'deny';

export interface Setting {
  identity?: Say;
  boundary?: Say;
  session?: Say;
  /** By level. */
  scp?: readonly Say[];
  rcp?: readonly Say[];
  endpoint?: Say;
  resource?: Grants;
}

export const yes: Outcome = 'Allowed';
export const no: Outcome = 'ImplicitlyDenied';
export const denied: Outcome = 'ExplicitlyDenied';

const says: Record<Say, NamedPolicy> = {
  allow: named('allow', allowAll),
  nothing: named('nothing', { Effect: 'Allow', Action: 'ec2:*', Resource: '*' }),
  deny: named('deny', allowAll, { Effect: 'Deny', Action: '*', Resource: '*' }),
};
const endpointSays: Record<Say, NamedPolicy> = {
  allow: named('allow', { ...allowAll, Principal: '*' }),
  nothing: named('nothing', { Effect: 'Allow', Principal: '*', Action: 'ec2:*', Resource: '*' }),
  deny: named('deny', { ...allowAll, Principal: '*' }, { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }),
};
const federatedArn = `arn:aws:sts::${accountId}:federated-user/partner`;
export const provider = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
const principals: Record<Exclude<Grants, 'nobody' | 'deny'>, Statement['Principal'] & {}> = {
  user: { AWS: userArn },
  role: { AWS: roleArn },
  session: { AWS: sessionArn },
  account: { AWS: `arn:aws:iam::${accountId}:root` },
  everybody: '*',
  service: { Service: 'events.amazonaws.com' },
  provider: { Federated: provider },
  federated: { AWS: federatedArn },
};

export function resourcePolicy(grants: Grants): NamedPolicy {
  if (grants === 'nobody')
    return named('resource', { ...allowAll, Principal: { AWS: `arn:aws:iam::${accountId}:role/Another` } });
  if (grants === 'deny') {
    return named(
      'resource',
      { ...allowAll, Principal: '*' },
      { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' },
    );
  }
  return named('resource', { ...allowAll, Principal: principals[grants] });
}

export const allowed: AccessPolicies = { identity: [says.allow] };

export function policiesOf({ identity, boundary, session, scp, rcp, endpoint, resource }: Setting): AccessPolicies {
  return {
    ...(identity ? { identity: [says[identity]] } : {}),
    ...(boundary ? { permissionsBoundary: says[boundary] } : {}),
    ...(session ? { session: [says[session]] } : {}),
    ...(scp ? { serviceControl: scp.map((level) => [says[level]]) } : {}),
    ...(rcp ? { resourceControl: rcp.map((level) => [endpointSays[level]]) } : {}),
    ...(endpoint ? { endpoint: { type: 'interface', policy: endpointSays[endpoint] } } : {}),
    ...(resource ? { resource: resourcePolicy(resource) } : {}),
  };
}

export const federated: RequestPrincipal = { kind: 'federated-user', arn: federatedArn, userArn };
export const root: RequestPrincipal = { kind: 'root', accountId };
export const service: RequestPrincipal = { kind: 'service', name: 'events.amazonaws.com' };
export const anonymous: RequestPrincipal = { kind: 'anonymous' };
export const serviceLinked: RequestPrincipal = {
  kind: 'role-session',
  roleArn: `arn:aws:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
  sessionName: 'config',
};

export const asUser = readObject;
export const by = (principal: RequestPrincipal): AccessRequest => ({ ...readObject, principal });
export const across = (request: AccessRequest): AccessRequest => ({ ...request, resourceAccountId: otherAccountId });
const key = `arn:aws:kms:ap-northeast-1:${accountId}:key/1234abcd`;
export const decrypt = (request: AccessRequest): AccessRequest => ({
  ...request,
  action: 'kms:Decrypt',
  resource: key,
});
export const assume = (request: AccessRequest): AccessRequest => ({
  ...request,
  action: 'sts:AssumeRole',
  resource: `arn:aws:iam::${accountId}:role/Taken`,
});
export const send: AccessRequest = {
  ...readObject,
  principal: service,
  action: 'sqs:SendMessage',
  resource: `arn:aws:sqs:ap-northeast-1:${accountId}:arrivals`,
};
