import type { AccessPolicies, AccessRequest, KeyGrant, NamedPolicy, RequestPrincipal, Statement } from '../../index.ts';
import {
  accountId,
  allowAll,
  asRole,
  type DocumentedCase,
  named,
  type Outcome,
  otherAccountId,
  readObject,
  roleArn,
  sessionArn,
  type Subject,
  userArn,
} from './documented-case.ts';
import type { PageName } from './pages.ts';

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

interface Setting {
  identity?: Say;
  boundary?: Say;
  session?: Say;
  /** By level. */
  scp?: readonly Say[];
  rcp?: readonly Say[];
  endpoint?: Say;
  resource?: Grants;
}

const yes: Outcome = 'Allowed';
const no: Outcome = 'ImplicitlyDenied';
const denied: Outcome = 'ExplicitlyDenied';

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
const provider = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
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

function resourcePolicy(grants: Grants): NamedPolicy {
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

function policiesOf({ identity, boundary, session, scp, rcp, endpoint, resource }: Setting): AccessPolicies {
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

const federated: RequestPrincipal = { kind: 'federated-user', arn: federatedArn, userArn };
const root: RequestPrincipal = { kind: 'root', accountId };
const service: RequestPrincipal = { kind: 'service', name: 'events.amazonaws.com' };
const anonymous: RequestPrincipal = { kind: 'anonymous' };
const serviceLinked: RequestPrincipal = {
  kind: 'role-session',
  roleArn: `arn:aws:iam::${accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
  sessionName: 'config',
};

const asUser = readObject;
const by = (principal: RequestPrincipal): AccessRequest => ({ ...readObject, principal });
const across = (request: AccessRequest): AccessRequest => ({ ...request, resourceAccountId: otherAccountId });
const key = `arn:aws:kms:ap-northeast-1:${accountId}:key/1234abcd`;
const decrypt = (request: AccessRequest): AccessRequest => ({ ...request, action: 'kms:Decrypt', resource: key });
const assume = (request: AccessRequest): AccessRequest => ({
  ...request,
  action: 'sts:AssumeRole',
  resource: `arn:aws:iam::${accountId}:role/Taken`,
});
const send: AccessRequest = {
  ...readObject,
  principal: service,
  action: 'sqs:SendMessage',
  resource: `arn:aws:sqs:ap-northeast-1:${accountId}:arrivals`,
};

interface Group {
  subject: Subject;
  page: PageName;
  sentence: string;
  rows: readonly (readonly [request: AccessRequest, setting: Setting, outcome: Outcome])[];
}

const logic: PageName = 'Policy evaluation logic';
const enforcement: PageName = 'How AWS enforcement code logic evaluates requests';
const crossAccount: PageName = 'Cross-account policy evaluation logic';

const groups: readonly Group[] = [
  {
    subject: 'identity policy',
    page: enforcement,
    sentence:
      'If there are no identity-based policies or no statements in identity-based policies that allow the requested action, then the request is implicitly denied and the code returns a final decision of Deny.',
    rows: [
      [asUser, {}, no],
      [asUser, { identity: 'nothing' }, no],
      [asUser, { identity: 'allow' }, yes],
      [asRole, { identity: 'nothing' }, no],
      [asRole, { identity: 'allow' }, yes],
    ],
  },
  {
    subject: 'identity policy',
    page: enforcement,
    sentence:
      'If the enforcement code finds even one explicit deny that applies, the code returns a final decision of Deny.',
    rows: [
      [asUser, { identity: 'deny' }, denied],
      [asRole, { identity: 'deny' }, denied],
      [asUser, { identity: 'deny', resource: 'user' }, denied],
      [asRole, { identity: 'deny', resource: 'session' }, denied],
      [across(asUser), { identity: 'deny', resource: 'user' }, denied],
    ],
  },
  {
    subject: 'resource policy',
    page: logic,
    sentence:
      'If an action is allowed by an identity-based policy, a resource-based policy, or both, then AWS allows the action.',
    rows: [
      [asUser, { identity: 'allow', resource: 'nobody' }, yes],
      [asUser, { identity: 'nothing', resource: 'user' }, yes],
      [asUser, { identity: 'allow', resource: 'user' }, yes],
      [asUser, { identity: 'nothing', resource: 'nobody' }, no],
      [asRole, { identity: 'allow', resource: 'nobody' }, yes],
      [asRole, { identity: 'nothing', resource: 'role' }, yes],
      [asRole, { identity: 'nothing', resource: 'session' }, yes],
      [asRole, { resource: 'role' }, yes],
      [asRole, { identity: 'nothing', resource: 'nobody' }, no],
    ],
  },
  {
    subject: 'resource policy',
    page: logic,
    sentence: 'An explicit deny in either of these policies overrides the allow.',
    rows: [
      [asUser, { identity: 'allow', resource: 'deny' }, denied],
      [asRole, { identity: 'allow', resource: 'deny' }, denied],
      [asUser, { resource: 'deny' }, denied],
      [asUser, { identity: 'deny', resource: 'user' }, denied],
    ],
  },
  {
    subject: 'resource policy',
    page: 'AWS JSON policy elements: Principal',
    sentence: 'This delegates authority to the account.',
    rows: [
      [asUser, { identity: 'nothing', resource: 'account' }, no],
      [asUser, { identity: 'allow', resource: 'account' }, yes],
      [asRole, { identity: 'nothing', resource: 'account' }, no],
      [asRole, { identity: 'allow', resource: 'account' }, yes],
    ],
  },
  {
    subject: 'resource policy',
    page: 'AWS JSON policy elements: Principal',
    sentence: 'For IAM users and role principals within your account, no other permissions are required.',
    rows: [
      [asUser, { identity: 'nothing', resource: 'everybody' }, yes],
      [asRole, { identity: 'nothing', resource: 'everybody' }, yes],
    ],
  },
  {
    subject: 'permissions boundary',
    page: logic,
    sentence:
      'When AWS evaluates the identity-based policies and permissions boundary for a user, the resulting permissions are the intersection of the two categories.',
    rows: [
      [asUser, { identity: 'allow', boundary: 'allow' }, yes],
      [asUser, { identity: 'allow', boundary: 'nothing' }, no],
      [asUser, { identity: 'nothing', boundary: 'allow' }, no],
      [asUser, { boundary: 'allow' }, no],
      [asRole, { identity: 'allow', boundary: 'allow' }, yes],
      [asRole, { identity: 'allow', boundary: 'nothing' }, no],
      [asUser, { identity: 'allow', boundary: 'deny' }, denied],
      [asRole, { identity: 'allow', boundary: 'deny' }, denied],
    ],
  },
  {
    subject: 'permissions boundary',
    page: enforcement,
    sentence:
      'Resource-based policies that grant permissions to an IAM role ARN are limited by an implicit deny in a permissions boundary or session policy.',
    rows: [
      [asRole, { resource: 'role', boundary: 'nothing' }, no],
      [asRole, { resource: 'role', boundary: 'allow' }, yes],
      [asRole, { identity: 'nothing', resource: 'role', boundary: 'allow' }, yes],
      [asRole, { identity: 'allow', resource: 'role', boundary: 'nothing' }, no],
      [asRole, { resource: 'role', boundary: 'deny' }, denied],
    ],
  },
  {
    subject: 'permissions boundary',
    page: enforcement,
    sentence:
      'Within the same account, resource-based policies that grant permissions to an IAM user ARN (that is not a federated user session) are not limited by an implicit deny in an identity-based policy or permissions boundary.',
    rows: [
      [asUser, { resource: 'user', boundary: 'nothing' }, yes],
      [asUser, { identity: 'nothing', resource: 'user', boundary: 'nothing' }, yes],
      [asUser, { resource: 'user', boundary: 'deny' }, denied],
    ],
  },
  {
    subject: 'permissions boundary',
    page: enforcement,
    sentence:
      'Permissions granted directly to a session are not limited by an implicit deny in an identity-based policy, a permissions boundary, or session policy.',
    rows: [
      [asRole, { resource: 'session', boundary: 'nothing' }, yes],
      [asRole, { resource: 'session', boundary: 'nothing', session: 'nothing' }, yes],
      [asRole, { resource: 'session', boundary: 'deny' }, denied],
    ],
  },
  {
    subject: 'permissions boundary',
    page: 'AWS JSON policy elements: Principal',
    sentence:
      'Identity-based policy types, such as permissions boundaries or session policies, do not limit permissions granted using the aws:PrincipalArn condition key with a wildcard(*) in the Principal element, unless the identity-based policies contain an explicit deny.',
    rows: [
      [asRole, { resource: 'everybody', boundary: 'nothing' }, yes],
      [asRole, { resource: 'everybody', boundary: 'nothing', session: 'nothing' }, yes],
      [asRole, { resource: 'everybody', session: 'deny' }, denied],
    ],
  },
  {
    subject: 'session policy',
    page: enforcement,
    sentence:
      'If a session policy is present and does not allow the requested action, then the request is implicitly denied.',
    rows: [
      [asRole, { identity: 'allow', session: 'nothing' }, no],
      [asRole, { identity: 'allow', boundary: 'allow', session: 'nothing' }, no],
      [asRole, { identity: 'allow', session: 'deny' }, denied],
      [asRole, { resource: 'role', session: 'nothing' }, no],
    ],
  },
  {
    subject: 'session policy',
    page: enforcement,
    sentence:
      'If a session policy is present and allows the requested action, then the enforcement code returns a final decision of Allow.',
    rows: [
      [asRole, { identity: 'allow', session: 'allow' }, yes],
      [asRole, { identity: 'allow', boundary: 'allow', session: 'allow' }, yes],
      [asRole, { resource: 'role', session: 'allow' }, yes],
      [asRole, { identity: 'nothing', session: 'allow' }, no],
      [asRole, { identity: 'allow', boundary: 'nothing', session: 'allow' }, no],
      [asRole, { resource: 'role', boundary: 'allow', session: 'allow' }, yes],
      [asRole, { resource: 'role', boundary: 'nothing', session: 'allow' }, no],
    ],
  },
  {
    subject: 'session policy',
    page: enforcement,
    sentence:
      'If there is no session policy, the code checks whether the principal is a role session. If the principal is a role session, then the request is Allowed. Otherwise, the request is implicitly denied and the code returns a final decision of Deny.',
    rows: [
      [asRole, { identity: 'allow' }, yes],
      [by(federated), { identity: 'allow' }, no],
      [by(federated), { identity: 'allow', session: 'allow' }, yes],
      [by(federated), { identity: 'allow', session: 'nothing' }, no],
      [by(federated), { identity: 'nothing', session: 'allow' }, no],
    ],
  },
  {
    subject: 'session policy',
    page: enforcement,
    sentence:
      'However, if a resource-based policy grants permission to the ARN of the IAM user who federated, then requests made by the federated user during the session are limited by an implicit deny in a permission boundary or session policy.',
    rows: [
      [by(federated), { resource: 'user', session: 'nothing' }, no],
      [by(federated), { resource: 'user', session: 'allow' }, yes],
      [by(federated), { resource: 'user', session: 'allow', boundary: 'nothing' }, no],
      [by(federated), { resource: 'federated', session: 'nothing' }, yes],
      [by(federated), { resource: 'federated', boundary: 'nothing' }, yes],
      [by(federated), { resource: 'federated', session: 'deny' }, denied],
    ],
  },
  {
    subject: 'cross-account',
    page: crossAccount,
    sentence: 'The request is allowed only if both evaluations return a decision of Allow.',
    rows: [
      [across(asUser), { identity: 'allow', resource: 'user' }, yes],
      [across(asUser), { identity: 'allow', resource: 'nobody' }, no],
      [across(asUser), { identity: 'allow' }, no],
      [across(asUser), { identity: 'nothing', resource: 'user' }, no],
      [across(asUser), { resource: 'user' }, no],
      [across(asRole), { identity: 'allow', resource: 'role' }, yes],
      [across(asRole), { identity: 'allow', resource: 'session' }, yes],
      [across(asRole), { identity: 'nothing', resource: 'session' }, no],
      [across(asRole), { identity: 'nothing', resource: 'role' }, no],
      [across(asUser), { identity: 'allow', resource: 'deny' }, denied],
      [across(asUser), { identity: 'deny', resource: 'user' }, denied],
    ],
  },
  {
    subject: 'cross-account',
    page: crossAccount,
    sentence:
      'You can specify the entire account or its IAM users, federated users, IAM roles, or assumed-role sessions.',
    rows: [
      [across(asUser), { identity: 'allow', resource: 'account' }, yes],
      [across(asUser), { identity: 'nothing', resource: 'account' }, no],
      [across(asUser), { identity: 'allow', resource: 'everybody' }, yes],
      [across(asUser), { identity: 'nothing', resource: 'everybody' }, no],
      [across(by(federated)), { identity: 'allow', session: 'allow', resource: 'federated' }, yes],
    ],
  },
  {
    subject: 'cross-account',
    page: crossAccount,
    sentence:
      'When AWS evaluates this account, it checks the identity-based policy and any policies that can limit an identity-based policy.',
    rows: [
      [across(asRole), { identity: 'allow', boundary: 'nothing', resource: 'session' }, no],
      [across(asRole), { identity: 'allow', boundary: 'allow', resource: 'role' }, yes],
      [across(asRole), { identity: 'allow', session: 'nothing', resource: 'session' }, no],
      [across(asUser), { identity: 'allow', scp: ['nothing'], resource: 'user' }, no],
      [across(asUser), { identity: 'allow', rcp: ['nothing'], resource: 'user' }, no],
      [across(asUser), { identity: 'allow', boundary: 'nothing', resource: 'user' }, no],
    ],
  },
  {
    subject: 'service control policy',
    page: logic,
    sentence:
      "When a user belongs to an account that is a member of an organization, the resulting permissions are the intersection of the user's policies and the SCP.",
    rows: [
      [asUser, { identity: 'allow', scp: ['allow'] }, yes],
      [asUser, { identity: 'allow', scp: ['nothing'] }, no],
      [asUser, { identity: 'nothing', scp: ['allow'] }, no],
      [asUser, { identity: 'allow', scp: ['deny'] }, denied],
      [asRole, { identity: 'allow', scp: ['nothing'] }, no],
      [asRole, { identity: 'allow', scp: ['deny'] }, denied],
      [asRole, { resource: 'session', scp: ['nothing'] }, no],
      [asUser, { resource: 'user', scp: ['nothing'] }, no],
    ],
  },
  {
    subject: 'service control policy',
    page: 'SCP evaluation',
    sentence:
      'For a permission to be allowed for a specific account, there must be an explicit Allow statement at every level from the root through each OU in the direct path to the account (including the target account itself).',
    rows: [
      [asUser, { identity: 'allow', scp: ['allow', 'allow', 'allow'] }, yes],
      [asUser, { identity: 'allow', scp: ['nothing', 'allow', 'allow'] }, no],
      [asUser, { identity: 'allow', scp: ['allow', 'nothing', 'allow'] }, no],
      [asUser, { identity: 'allow', scp: ['allow', 'allow', 'nothing'] }, no],
      [asUser, { identity: 'allow', scp: ['allow', 'deny', 'allow'] }, denied],
    ],
  },
  {
    subject: 'service control policy',
    page: 'Service control policies (SCPs)',
    sentence: 'SCPs do not affect any service-linked role.',
    rows: [
      [by(serviceLinked), { identity: 'allow', scp: ['nothing'] }, yes],
      [by(serviceLinked), { identity: 'allow', scp: ['deny'] }, yes],
      [by(serviceLinked), { identity: 'nothing', scp: ['allow'] }, no],
    ],
  },
  {
    subject: 'resource control policy',
    page: enforcement,
    sentence:
      'If the enforcement code does not find any applicable Allow statements in the RCPs, the enforcement code returns a final decision of Deny.',
    rows: [
      [asUser, { identity: 'allow', rcp: ['allow'] }, yes],
      [asUser, { identity: 'allow', rcp: ['nothing'] }, no],
      [asUser, { identity: 'allow', rcp: ['deny'] }, denied],
      [asUser, { identity: 'allow', rcp: ['allow', 'nothing'] }, no],
      [asUser, { resource: 'user', rcp: ['nothing'] }, no],
      [asRole, { resource: 'session', rcp: ['deny'] }, denied],
      [by(anonymous), { resource: 'everybody', rcp: ['allow'] }, yes],
      [by(anonymous), { resource: 'everybody', rcp: ['deny'] }, denied],
      [by(service), { resource: 'service', rcp: ['deny'] }, denied],
      [by(root), { rcp: ['deny'] }, denied],
    ],
  },
  {
    subject: 'resource control policy',
    page: 'Resource control policies (RCPs)',
    sentence: 'RCPs do not impact the effective permissions of any service-linked role.',
    rows: [
      [by(serviceLinked), { identity: 'allow', rcp: ['deny'] }, yes],
      [by(serviceLinked), { identity: 'allow', rcp: ['nothing'] }, yes],
    ],
  },
  {
    subject: 'VPC endpoint policy',
    page: 'Control access to VPC endpoints using endpoint policies',
    sentence: 'An endpoint policy does not override or replace identity-based policies or resource-based policies.',
    rows: [
      [asUser, { identity: 'allow', endpoint: 'allow' }, yes],
      [asUser, { identity: 'nothing', endpoint: 'allow' }, no],
      [asUser, { identity: 'allow', endpoint: 'nothing' }, no],
      [asUser, { identity: 'allow', endpoint: 'deny' }, denied],
      [asRole, { resource: 'session', endpoint: 'nothing' }, no],
      [asRole, { resource: 'session', endpoint: 'allow' }, yes],
      [asUser, { identity: 'deny', endpoint: 'allow' }, denied],
      [by(anonymous), { resource: 'everybody', endpoint: 'nothing' }, no],
      [across(asUser), { identity: 'allow', resource: 'user', endpoint: 'nothing' }, no],
    ],
  },
  {
    subject: 'KMS key policy',
    page: 'Key policies in AWS KMS',
    sentence:
      'Unless the key policy explicitly allows it, you cannot use IAM policies to allow access to a KMS key. Without permission from the key policy, IAM policies that allow permissions have no effect.',
    rows: [
      [decrypt(asUser), { identity: 'allow', resource: 'nobody' }, no],
      [decrypt(asUser), { identity: 'allow' }, no],
      [decrypt(asRole), { identity: 'allow', resource: 'nobody' }, no],
      [decrypt(asUser), { resource: 'user' }, yes],
      [decrypt(asRole), { resource: 'role' }, yes],
      [decrypt(asRole), { resource: 'role', boundary: 'nothing' }, no],
    ],
  },
  {
    subject: 'KMS key policy',
    page: 'Default key policy',
    sentence:
      'It allows the account to use IAM policies to allow access to the KMS key, in addition to the key policy.',
    rows: [
      [decrypt(asUser), { identity: 'allow', resource: 'account' }, yes],
      [decrypt(asUser), { identity: 'nothing', resource: 'account' }, no],
      [decrypt(asRole), { identity: 'allow', resource: 'account' }, yes],
      [decrypt(asRole), { identity: 'allow', boundary: 'nothing', resource: 'account' }, no],
      [decrypt(by(root)), { resource: 'account' }, yes],
    ],
  },
  {
    subject: 'KMS key policy',
    page: 'Key policies in AWS KMS',
    sentence:
      'No AWS principal, including the account root user or key creator, has any permissions to a KMS key unless they are explicitly allowed, and never denied, in a key policy, IAM policy, or grant.',
    rows: [
      [decrypt(by(root)), { resource: 'nobody' }, no],
      [decrypt(asUser), { identity: 'allow', resource: 'deny' }, denied],
      [decrypt(asUser), { identity: 'deny', resource: 'user' }, denied],
    ],
  },
  {
    subject: 'KMS key policy',
    page: 'Allowing users in other accounts to use a KMS key',
    sentence:
      'However, those users and roles cannot use the KMS key until IAM administrators in the external account attach the proper IAM policies to their identities.',
    rows: [
      [across(decrypt(asUser)), { identity: 'allow', resource: 'account' }, yes],
      [across(decrypt(asUser)), { identity: 'allow', resource: 'nobody' }, no],
      [across(decrypt(asUser)), { identity: 'nothing', resource: 'account' }, no],
      [across(decrypt(asRole)), { identity: 'nothing', resource: 'role' }, no],
    ],
  },
  {
    subject: 'trust policy',
    page: enforcement,
    sentence:
      'IAM role trust policies and KMS key policies are exceptions to this logic, because they must explicitly allow access for principals.',
    rows: [
      [assume(asUser), { identity: 'allow', resource: 'nobody' }, no],
      [assume(asUser), { identity: 'allow' }, no],
      [assume(asUser), { identity: 'nothing', resource: 'user' }, yes],
      [assume(asUser), { identity: 'allow', resource: 'account' }, yes],
      [assume(asUser), { identity: 'nothing', resource: 'account' }, no],
      [assume(asRole), { identity: 'nothing', resource: 'role' }, yes],
      [assume(by(service)), { resource: 'service' }, yes],
      [assume(by(service)), { resource: 'user' }, no],
      [assume(asUser), { identity: 'allow', resource: 'deny' }, denied],
      [assume(by({ kind: 'federated-identity', provider })), { resource: 'provider' }, yes],
      [assume(by({ kind: 'federated-identity', provider: 'accounts.google.com' })), { resource: 'provider' }, no],
      [across(assume(asUser)), { identity: 'nothing', resource: 'user' }, no],
      [across(assume(asUser)), { identity: 'allow', resource: 'user' }, yes],
    ],
  },
  {
    subject: 'service principal',
    page: 'AWS JSON policy elements: Principal',
    sentence:
      'You can specify AWS services in the Principal element of a resource-based policy or in condition keys that support principals.',
    rows: [
      [send, { resource: 'service' }, yes],
      [send, { resource: 'user' }, no],
      [send, {}, no],
      [send, { identity: 'allow' }, no],
      [send, { resource: 'account' }, no],
      [send, { resource: 'deny' }, denied],
      [across(send), { resource: 'service' }, yes],
      [send, { resource: 'service', scp: ['deny'] }, yes],
    ],
  },
  {
    subject: 'anonymous',
    page: 'AWS JSON policy elements: Principal',
    sentence:
      'For resource-based policies, using a wildcard (*) with an Allow effect grants access to all users, including anonymous users (public access).',
    rows: [
      [by(anonymous), { resource: 'nobody' }, no],
      [by(anonymous), { resource: 'account' }, no],
      [by(anonymous), {}, no],
      [by(anonymous), { identity: 'allow' }, no],
      [by(anonymous), { resource: 'deny' }, denied],
      [by(anonymous), { resource: 'everybody', scp: ['deny'] }, yes],
    ],
  },
  {
    subject: 'root user',
    page: enforcement,
    sentence:
      'By default, all requests are implicitly denied with the exception of the AWS account root user, which has full access.',
    rows: [
      [by(root), {}, yes],
      [by(root), { resource: 'nobody' }, yes],
      [by(root), { identity: 'nothing', boundary: 'nothing' }, yes],
      [by(root), { resource: 'deny' }, denied],
      [across(by(root)), {}, no],
      [across(by(root)), { resource: 'account' }, yes],
      [across(by(root)), { resource: 'user' }, no],
    ],
  },
  {
    subject: 'root user',
    page: logic,
    sentence: 'The SCP maximum applies to principals in member accounts, including each AWS account root user.',
    rows: [
      [by(root), { scp: ['nothing'] }, no],
      [by(root), { scp: ['deny'] }, denied],
      [by(root), { scp: ['allow'] }, yes],
    ],
  },
];

const everybody: Statement = { ...allowAll, Principal: '*' };
const restricted = { restrictPublicBuckets: true };
const publicAccess: PageName = 'Blocking public access to your Amazon S3 storage';
const restrictSentence =
  "Setting this option to TRUE restricts access to an access point or bucket with a public policy to only AWS service principals and authorized users within the bucket owner's account and access point owner's account.";
type BucketRow = readonly [what: string, request: AccessRequest, statements: readonly Statement[], outcome: Outcome];
const withCondition = (Condition: Statement['Condition'] & {}): Statement => ({ ...everybody, Condition });
const vpc = { 'aws:SourceVpc': 'vpc-91237329' };
const ip = { 'aws:SourceIp': '203.0.113.5' };

const publicRows: readonly (readonly [sentence: string, rows: readonly BucketRow[]])[] = [
  [
    restrictSentence,
    [
      ['anonymous', by(anonymous), [everybody], no],
      ['another account', across(asUser), [everybody], no],
      [
        'another account that is named beside it',
        across(asUser),
        [everybody, { ...allowAll, Principal: { AWS: userArn } }],
        no,
      ],
      ["the owner's account", asUser, [everybody], yes],
      ['a service', by(service), [everybody, { ...allowAll, Principal: { Service: 'events.amazonaws.com' } }], yes],
      [
        'another account by a policy that is not public',
        across(asUser),
        [{ ...allowAll, Principal: { AWS: userArn } }],
        yes,
      ],
      [
        'a Deny stays a Deny',
        asUser,
        [everybody, { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' }],
        denied,
      ],
    ],
  ],
  [
    'To be considered non-public, a bucket policy must grant access only to fixed values',
    [
      ['a fixed VPC', { ...by(anonymous), context: vpc }, [withCondition({ StringEquals: vpc })], yes],
      [
        'any VPC',
        { ...by(anonymous), context: vpc },
        [withCondition({ StringLike: { 'aws:SourceVpc': 'vpc-*' } })],
        no,
      ],
      ['a fixed VPC, if any', { ...by(anonymous), context: vpc }, [withCondition({ StringEqualsIfExists: vpc })], no],
      [
        'all but a VPC',
        { ...by(anonymous), context: vpc },
        [withCondition({ StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } })],
        no,
      ],
      [
        'another key',
        { ...by(anonymous), context: { 'aws:Referer': 'x' } },
        [withCondition({ StringEquals: { 'aws:Referer': 'x' } })],
        no,
      ],
      ['a federated principal', by(anonymous), [{ ...allowAll, Principal: { Federated: 'graph.facebook.com' } }], no],
      [
        'an organization',
        { ...across(asUser), context: { 'aws:PrincipalOrgID': 'o-a1b2c3' } },
        [withCondition({ StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3' } })],
        yes,
      ],
      [
        'a variable',
        { ...by(anonymous), context: { ...vpc, 'aws:Referer': 'vpc-91237329' } },
        [withCondition({ StringEquals: { 'aws:SourceVpc': '${aws:Referer}' } })],
        no,
      ],
    ],
  ],
  [
    'This includes values broader than /8 for IPv4 and /32 for IPv6 (excluding RFC1918 private ranges).',
    [
      [
        'a range',
        { ...by(anonymous), context: ip },
        [withCondition({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })],
        yes,
      ],
      [
        'a /8',
        { ...by(anonymous), context: ip },
        [withCondition({ IpAddress: { 'aws:SourceIp': '203.0.0.0/8' } })],
        yes,
      ],
      [
        'a /7',
        { ...by(anonymous), context: ip },
        [withCondition({ IpAddress: { 'aws:SourceIp': '202.0.0.0/7' } })],
        no,
      ],
      [
        'a wide range beside a narrow one',
        { ...by(anonymous), context: ip },
        [withCondition({ IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '::/0'] } })],
        no,
      ],
    ],
  ],
];

const ownership: PageName = 'Controlling ownership of objects and disabling ACLs';
const partner = otherAccountId;
const partnerUser: RequestPrincipal = { kind: 'user', arn: `arn:aws:iam::${partner}:user/Writer` };
const foreign = (request: AccessRequest): AccessRequest => ({ ...request, objectOwnerAccountId: partner });
type OwnershipRow = readonly [what: string, request: AccessRequest, policies: AccessPolicies, outcome: Outcome];
const allowed: AccessPolicies = { identity: [says.allow] };
const enforced = { objectOwnership: 'BucketOwnerEnforced' } as const;
const writer = { objectOwnership: 'ObjectWriter' } as const;
const granting = { ...writer, foreignObjectsGrantOwner: true } as const;
const preferred = { objectOwnership: 'BucketOwnerPreferred' } as const;
const forUser = resourcePolicy('user');

const ownershipGroups: readonly (readonly [page: PageName, sentence: string, rows: readonly OwnershipRow[]])[] = [
  [
    ownership,
    'ACLs are disabled, and the bucket owner automatically owns and has full control over every object in the bucket.',
    [
      ['bucket owner enforced', foreign(asUser), { ...allowed, bucket: enforced }, yes],
      ['enforced, shared by the bucket policy', foreign(asUser), { resource: forUser, bucket: enforced }, yes],
      [
        'enforced, denied by the bucket policy',
        foreign(asUser),
        { ...allowed, resource: resourcePolicy('deny'), bucket: enforced },
        denied,
      ],
      ['nothing said about ownership', foreign(asUser), allowed, yes],
    ],
  ],
  [
    ownership,
    'The AWS account that uploads an object owns the object, has full control over it, and can grant other users access to it through ACLs.',
    [
      ["the bucket's account", foreign(asUser), { ...allowed, bucket: writer }, no],
      ["the bucket's account, preferred", foreign(asUser), { ...allowed, bucket: preferred }, no],
      ["the bucket's account, with the ACL", foreign(asUser), { ...allowed, bucket: granting }, yes],
      ["the bucket's account, with the ACL and no policy", foreign(asUser), { bucket: granting }, no],
      ['the writer', foreign(by(partnerUser)), { ...allowed, bucket: writer }, yes],
      ['the writer without a policy', foreign(by(partnerUser)), { bucket: writer }, no],
      ['an object of its own', asUser, { ...allowed, bucket: writer }, yes],
      [
        'a Deny of the bucket policy',
        foreign(by(partnerUser)),
        { ...allowed, resource: resourcePolicy('deny'), bucket: writer },
        denied,
      ],
      ['deleting it', { ...foreign(asUser), action: 's3:DeleteObject' }, { ...allowed, bucket: writer }, yes],
      [
        'listing the bucket',
        { ...foreign(asUser), action: 's3:ListBucket', resource: 'arn:aws:s3:::files' },
        { ...allowed, bucket: writer },
        yes,
      ],
    ],
  ],
  [
    'Bucket owner granting cross-account permission to objects it does not own',
    'The bucket owner has no permissions on those objects created by other AWS accounts.',
    [
      ['shared by the bucket policy', foreign(asUser), { resource: forUser, bucket: writer }, no],
      ['shared with everybody', foreign(by(anonymous)), { resource: resourcePolicy('everybody'), bucket: writer }, no],
      [
        'shared with a third account, with the ACL',
        { ...foreign(asUser), resourceAccountId: '777788889999' },
        { ...allowed, resource: forUser, bucket: granting },
        no,
      ],
    ],
  ],
];

const viaService = `s3.ap-northeast-1.amazonaws.com`;
const forS3: Statement = {
  ...allowAll,
  Principal: { AWS: roleArn },
  Action: 'kms:Decrypt',
  Condition: { StringEquals: { 'kms:ViaService': viaService } },
};
const kmsRows: readonly (readonly [what: string, context: AccessRequest['context'], outcome: Outcome])[] = [
  ['through S3', { 'kms:ViaService': viaService }, yes],
  ['through another service', { 'kms:ViaService': 'sqs.ap-northeast-1.amazonaws.com' }, no],
  ['directly', {}, no],
];

const gateway = (principal: Statement['Principal'] & {}, Condition?: Statement['Condition']): AccessPolicies => ({
  ...allowed,
  endpoint: {
    type: 'gateway',
    policy: named('endpoint', { ...allowAll, Principal: principal, ...(Condition ? { Condition } : {}) }),
  },
});
const gatewayRows: readonly OwnershipRow[] = [
  ['the account', asUser, gateway({ AWS: accountId }), no],
  ["the account's root ARN", asUser, gateway({ AWS: `arn:aws:iam::${accountId}:root` }), no],
  ['the root user', by(root), gateway({ AWS: accountId }), yes],
  ['everybody', asUser, gateway('*'), yes],
  ['one role by aws:PrincipalArn', asRole, gateway('*', { ArnEquals: { 'aws:PrincipalArn': roleArn } }), yes],
  ['another role by aws:PrincipalArn', asUser, gateway('*', { ArnEquals: { 'aws:PrincipalArn': roleArn } }), no],
];

const grantOn = (more: Partial<KeyGrant> = {}): KeyGrant => ({
  id: 'g-1',
  granteePrincipal: roleArn,
  operations: ['Decrypt', 'DescribeKey'],
  ...more,
});
const context = (pairs: Readonly<Record<string, string>>) => ({
  ...decrypt(asRole),
  context: Object.fromEntries(Object.entries(pairs).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
});
const ofTeam = { team: 'red' };
type GrantRow = readonly [what: string, request: AccessRequest, grant: KeyGrant, setting: Setting, outcome: Outcome];
const grantGroups: readonly (readonly [page: PageName, sentence: string, rows: readonly GrantRow[]])[] = [
  [
    'Grants in AWS KMS',
    'A grant is a policy instrument that allows AWS principals to use KMS keys in cryptographic operations.',
    [
      ['to the role', decrypt(asRole), grantOn(), { resource: 'nobody' }, yes],
      ['to the role, without any policy', decrypt(asRole), grantOn(), {}, yes],
      ['to the role, asked by a user', decrypt(asUser), grantOn(), { resource: 'nobody' }, no],
      ['to the session', decrypt(asRole), grantOn({ granteePrincipal: sessionArn }), { resource: 'nobody' }, yes],
      ['to the user', decrypt(asUser), grantOn({ granteePrincipal: userArn }), { resource: 'nobody' }, yes],
      ['to a service', { ...decrypt(by(service)) }, grantOn({ granteePrincipal: 'events.amazonaws.com' }), {}, yes],
      ['of another operation', decrypt(asRole), grantOn({ operations: ['Encrypt'] }), { resource: 'nobody' }, no],
      ['of a bucket', asRole, grantOn({ operations: ['GetObject'] }), { resource: 'nobody' }, no],
      ['within the boundary', decrypt(asRole), grantOn(), { boundary: 'allow' }, yes],
      ['beyond the boundary', decrypt(asRole), grantOn(), { boundary: 'nothing' }, no],
      ['beyond the session policy', decrypt(asRole), grantOn(), { session: 'nothing' }, no],
      ['of another account', across(decrypt(asRole)), grantOn(), {}, yes],
    ],
  ],
  [
    'Key policies in AWS KMS',
    'No AWS principal, including the account root user or key creator, has any permissions to a KMS key unless they are explicitly allowed, and never denied, in a key policy, IAM policy, or grant.',
    [
      ['denied by the key policy', decrypt(asRole), grantOn(), { resource: 'deny' }, denied],
      ['denied by the identity policy', decrypt(asRole), grantOn(), { identity: 'deny' }, denied],
      ['denied by the organization', decrypt(asRole), grantOn(), { scp: ['deny'] }, denied],
      ['not allowed by the organization', decrypt(asRole), grantOn(), { scp: ['nothing'] }, no],
      ['not allowed by the endpoint', decrypt(asRole), grantOn(), { endpoint: 'nothing' }, no],
    ],
  ],
  [
    'CreateGrant',
    'KMS supports the EncryptionContextEquals and EncryptionContextSubset grant constraints, which allow the permissions in the grant only when the encryption context in the request matches (EncryptionContextEquals) or includes (EncryptionContextSubset) the encryption context specified in the constraint.',
    [
      ['equal', context(ofTeam), grantOn({ encryptionContextEquals: ofTeam }), {}, yes],
      ['equal, with more', context({ ...ofTeam, a: 'b' }), grantOn({ encryptionContextEquals: ofTeam }), {}, no],
      ['equal, with less', decrypt(asRole), grantOn({ encryptionContextEquals: ofTeam }), {}, no],
      ['included', context({ ...ofTeam, a: 'b' }), grantOn({ encryptionContextSubset: ofTeam }), {}, yes],
      ['not included', context({ team: 'blue' }), grantOn({ encryptionContextSubset: ofTeam }), {}, no],
      [
        'of no concern',
        { ...decrypt(asRole), action: 'kms:DescribeKey' },
        grantOn({ encryptionContextSubset: ofTeam }),
        {},
        yes,
      ],
    ],
  ],
];

export const layerCases: DocumentedCase[] = [
  ...groups.flatMap(({ subject, page, sentence, rows }) =>
    rows.map(([request, setting, outcome]) => ({
      subject,
      page,
      sentence,
      what: `${request.principal.kind} ${request.action}${request.resourceAccountId === accountId ? '' : ' of another account'} ${JSON.stringify(setting)}`,
      policies: policiesOf(setting),
      request,
      outcome,
    })),
  ),
  ...publicRows.flatMap(([sentence, rows]) =>
    rows.map(([what, request, statements, outcome]) => ({
      subject: 'S3 block public access' as const,
      page: publicAccess,
      sentence,
      what,
      policies: {
        ...(request.principal.kind === 'user' ? allowed : {}),
        resource: named('bucket', ...statements),
        bucket: restricted,
      },
      request,
      outcome,
    })),
  ),
  ...ownershipGroups.flatMap(([page, sentence, rows]) =>
    rows.map(([what, request, policies, outcome]) => ({
      subject: 'S3 object ownership' as const,
      page,
      sentence,
      what,
      policies,
      request,
      outcome,
    })),
  ),
  ...kmsRows.map(([what, context, outcome]) => ({
    subject: 'KMS key policy' as const,
    page: 'AWS KMS condition keys' as const,
    sentence: 'The kms:ViaService condition key limits use of an KMS key to requests from specified AWS services.',
    what,
    policies: { resource: named('key', forS3) },
    request: { ...decrypt(asRole), ...(context ? { context } : {}) },
    outcome,
  })),
  ...grantGroups.flatMap(([page, sentence, rows]) =>
    rows.map(([what, request, grant, setting, outcome]) => ({
      subject: 'KMS grant' as const,
      page,
      sentence,
      what,
      policies: { ...policiesOf(setting), grants: [grant] },
      request,
      outcome,
    })),
  ),
  ...gatewayRows.map(([what, request, policies, outcome]) => ({
    subject: 'VPC endpoint policy' as const,
    page: 'Control access to VPC endpoints using endpoint policies' as const,
    sentence:
      'If you specify the principal in the following format, access is granted to the AWS account root user only, not all users and roles for the account.',
    what: `gateway endpoint: ${what}`,
    policies,
    request,
    outcome,
  })),
];
