import type { AccessRequest } from '../../index.ts';
import { accountId, asRole, type CaseGroup, type DocumentedCase, type Outcome } from './documented-case.ts';
import type { PageName } from './pages.ts';
import {
  across,
  anonymous,
  assume,
  asUser,
  by,
  decrypt,
  denied,
  federated,
  no,
  policiesOf,
  provider,
  root,
  send,
  service,
  serviceLinked,
  type Setting,
  yes,
} from './setting.ts';

type LayerRow = readonly [request: AccessRequest, setting: Setting, outcome: Outcome];

const logic: PageName = 'Policy evaluation logic';
const enforcement: PageName = 'How AWS enforcement code logic evaluates requests';
const crossAccount: PageName = 'Cross-account policy evaluation logic';

const groups: readonly CaseGroup<LayerRow>[] = [
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

/** Which kinds of policies have a say, and what comes of them together. */
export const layerCases: DocumentedCase[] = groups.flatMap(({ subject, page, sentence, rows }) =>
  rows.map(([request, setting, outcome]) => ({
    subject,
    page,
    sentence,
    what: `${request.principal.kind} ${request.action}${request.resourceAccountId === accountId ? '' : ' of another account'} ${JSON.stringify(setting)}`,
    policies: policiesOf(setting),
    request,
    outcome,
  })),
);
