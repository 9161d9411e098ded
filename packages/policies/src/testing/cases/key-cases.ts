import type { AccessRequest, KeyGrant, Statement } from '../../index.ts';
import {
  allowAll,
  asRole,
  type DocumentedCase,
  named,
  type Outcome,
  roleArn,
  sessionArn,
  userArn,
} from './documented-case.ts';
import type { PageName } from './pages.ts';
import { across, asUser, by, decrypt, denied, no, policiesOf, service, type Setting, yes } from './setting.ts';

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

/** What a key of KMS asks for: its policy through other services, and grants. */
export const keyCases: DocumentedCase[] = [
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
];
