import type { AccessPolicies, AccessRequest, NamedPolicy, Statement } from '../src/index.ts';
import { apiRolePolicy, ingestWorkerRolePolicy, parsePolicy, type PolicyDocument } from '../src/index.ts';

const accountId = '111122223333';
const bucket = 'hikyaku-files';
const roleArn = `arn:aws:iam::${accountId}:role/service/worker`;
const teams = ['orders', 'stock', 'sales', 'claims', 'payroll', 'audit', 'images', 'partners', 'exports'];

/** The texts of twenty policies that bear on one role and one bucket. */
export const policyTexts: Record<'identity' | 'others', readonly string[]> = {
  identity: [
    text(ingestWorkerRolePolicy({ bucket, queueArn: `arn:aws:sqs:ap-northeast-1:${accountId}:arrivals` })),
    text(apiRolePolicy({ bucket })),
    statements({
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `arn:aws:logs:*:${accountId}:*`,
    }),
    ...teams.map((team) =>
      statements(
        {
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:GetObjectVersion'],
          Resource: `arn:aws:s3:::${bucket}/incoming/${team}/*`,
        },
        {
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: `arn:aws:s3:::${bucket}`,
          Condition: { StringLike: { 's3:prefix': [`incoming/${team}/*`, `exports/${team}/*`] } },
        },
        {
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${bucket}/exports/${team}/\${aws:PrincipalTag/team, 'all'}/*`,
          Condition: { StringEquals: { 's3:x-amz-server-side-encryption': 'aws:kms' } },
        },
      ),
    ),
  ],
  others: [
    // Boundary and session policy.
    statements({ Effect: 'Allow', Action: ['s3:*', 'sqs:*', 'kms:*', 'logs:*'], Resource: '*' }),
    statements({ Effect: 'Allow', Action: ['s3:Get*', 's3:List*', 'sqs:*', 'kms:Decrypt'], Resource: '*' }),
    // Service control policies of three levels, and a resource control policy.
    statements({ Effect: 'Allow', Action: '*', Resource: '*' }),
    statements(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        NotAction: ['iam:*', 'sts:*'],
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': ['ap-northeast-1', 'ap-northeast-3'] } },
      },
    ),
    statements(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: ['s3:DeleteBucket', 's3:PutBucketPolicy'], Resource: '*' },
    ),
    statements(
      { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        },
      },
    ),
    // Endpoint and bucket.
    statements({
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:*',
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    }),
    statements(
      {
        Sid: 'Tls',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        Sid: 'Tls12',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
      },
      {
        Sid: 'Network',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: '*',
        Condition: {
          StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1a2b3c4d' },
          NotIpAddressIfExists: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] },
        },
      },
      {
        Sid: 'Thumbnails',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:role/thumbnails` },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/incoming/images/*`,
      },
    ),
  ],
};

export function realisticAccess(): AccessPolicies {
  const identity = policyTexts.identity.map(parsed);
  const [boundary, session, root, unit, account, control, endpoint, resource] = policyTexts.others.map(parsed);
  if (!boundary || !session || !root || !unit || !account || !control || !endpoint || !resource)
    throw new Error('too few policies');
  return {
    identity,
    permissionsBoundary: boundary,
    session: [session],
    serviceControl: [[root], [unit], [account]],
    resourceControl: [[control]],
    endpoint: { type: 'interface', policy: endpoint },
    resource,
  };
}

/** A new one each time, as they come: reading, listing and writing of different teams, some of them refused. */
export function realisticRequest(number: number): AccessRequest {
  const team = [...teams, 'strangers'][number % (teams.length + 1)] ?? '';
  const action = ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject'][number % 4] ?? '';
  return {
    principal: { kind: 'role-session', roleArn, sessionName: 'worker', tags: { team } },
    action,
    resource:
      action === 's3:ListBucket'
        ? `arn:aws:s3:::${bucket}`
        : `arn:aws:s3:::${bucket}/incoming/${team}/2026/11/22/${number}.csv`,
    resourceAccountId: accountId,
    context: {
      'aws:SecureTransport': number % 17 === 0 ? 'false' : 'true',
      's3:TlsVersion': '1.3',
      'aws:SourceVpce': 'vpce-1a2b3c4d',
      'aws:RequestedRegion': 'ap-northeast-1',
      'aws:PrincipalOrgID': 'o-a1b2c3d4e5',
      ...(action === 's3:ListBucket' ? { 's3:prefix': `incoming/${team}/` } : {}),
    },
  };
}

function text(document: PolicyDocument): string {
  return JSON.stringify(document, null, 2);
}

function statements(...Statement: Statement[]): string {
  return text({ Version: '2012-10-17', Statement });
}

function parsed(policyText: string, index: number): NamedPolicy {
  const { policy, findings } = parsePolicy(policyText);
  if (!policy) throw new Error(JSON.stringify(findings));
  return { name: `policy ${index + 1}`, policy };
}
