import { describe, expect, test } from 'vitest';
import { bucketPolicy, identityPolicy, keyPolicy, trustPolicy } from '../build/build-policy.ts';
import type { AccessPolicies } from '../evaluate/access-policies.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { decide } from '../evaluate/decide.ts';
import { lint } from '../lint/lint.ts';
import type { PolicyKind } from '../lint/policy-kind.ts';
import type { PolicyDocument } from '../policy-document.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import { denyOutside, grantRole, requireKmsKey, requireTls } from './bucket-presets.ts';
import { logsOnly, onPremisesWorker, readOnly, readTagged, trustService, uploadOnly } from './identity-presets.ts';
import { withinTime } from './within-time.ts';

const accountId = '111122223333';
const roleArn = `arn:aws:iam::${accountId}:role/Reader`;
const queueArn = `arn:aws:sqs:ap-northeast-1:${accountId}:arrivals`;
const keyArn = `arn:aws:kms:ap-northeast-1:${accountId}:key/1234abcd`;
const logGroupArn = `arn:aws:logs:ap-northeast-1:${accountId}:log-group:/aws/lambda/thumbnails`;
const incoming = { bucket: 'files', prefix: 'incoming/' };
const a = 'arn:aws:s3:::files/incoming/a.csv';
const b = 'arn:aws:s3:::files/exports/b.csv';
const bucket = 'arn:aws:s3:::files';

const all = identityPolicy({ Effect: 'Allow', Action: '*', Resource: '*' });
const ofKey = keyPolicy({ accountId });

type Asked = readonly [action: string, resource: string, context?: AccessRequest['context']];
interface Preset {
  name: string;
  kind: PolicyKind;
  document: PolicyDocument;
  /** What stands beside it, where it would not do alone. */
  beside?: { identity?: PolicyDocument; resource?: PolicyDocument };
  principal?: AccessRequest['principal'];
  allowed: readonly Asked[];
  refused: readonly Asked[];
}

const april = { from: new Date('2026-04-01T00:00:00Z'), until: new Date('2026-07-01T00:00:00Z') };
const at = (time: string) => ({ 'aws:CurrentTime': time });
const tls = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
const own = { 'aws:ViaAWSService': 'false' };

const presets: readonly Preset[] = [
  {
    name: 'read only by prefix',
    kind: 'identity',
    document: identityPolicy(...readOnly(incoming)),
    allowed: [
      ['s3:GetObject', a],
      ['s3:ListBucket', bucket, { 's3:prefix': 'incoming/x' }],
    ],
    refused: [
      ['s3:GetObject', b],
      ['s3:ListBucket', bucket],
      ['s3:ListBucket', bucket, { 's3:prefix': '' }],
      ['s3:PutObject', a],
      ['s3:DeleteObject', a],
    ],
  },
  {
    name: 'upload only by prefix',
    kind: 'identity',
    document: identityPolicy(...uploadOnly(incoming)),
    allowed: [
      ['s3:PutObject', a],
      ['s3:AbortMultipartUpload', a],
    ],
    refused: [
      ['s3:PutObject', b],
      ['s3:GetObject', a],
      ['s3:DeleteObject', a],
      ['s3:ListBucket', bucket],
    ],
  },
  {
    name: 'on-premises worker',
    kind: 'identity',
    document: identityPolicy(...onPremisesWorker({ ...incoming, queueArn, keyArn })),
    allowed: [
      ['sqs:ReceiveMessage', queueArn],
      ['sqs:ChangeMessageVisibility', queueArn],
      ['s3:GetObject', a],
    ],
    refused: [
      ['sqs:SendMessage', queueArn],
      ['sqs:ReceiveMessage', `${queueArn}-dead`],
      ['s3:GetObject', b],
      ['s3:PutObject', a],
    ],
  },
  {
    name: 'on-premises worker at its key',
    kind: 'identity',
    document: identityPolicy(...onPremisesWorker({ ...incoming, queueArn, keyArn })),
    beside: { resource: ofKey },
    allowed: [['kms:Decrypt', keyArn]],
    refused: [
      ['kms:Encrypt', keyArn],
      ['kms:Decrypt', `${keyArn}x`],
      ['kms:ScheduleKeyDeletion', keyArn],
    ],
  },
  {
    name: 'logs only',
    kind: 'identity',
    document: identityPolicy(...logsOnly({ logGroupArn })),
    allowed: [['logs:PutLogEvents', `${logGroupArn}:log-stream:x`]],
    refused: [
      ['s3:GetObject', a],
      ['logs:PutLogEvents', `${logGroupArn}2:log-stream:x`],
      ['logs:DeleteLogGroup', logGroupArn],
    ],
  },
  {
    name: 'a bucket that grants a role',
    kind: 'bucket',
    document: bucketPolicy(
      ...grantRole({ bucket: 'files', roleArn, readPrefixes: ['incoming/'], writePrefixes: ['exports/'] }),
    ),
    beside: { identity: identityPolicy(...logsOnly({ logGroupArn })) },
    allowed: [
      ['s3:GetObject', a],
      ['s3:PutObject', b],
    ],
    refused: [
      ['s3:PutObject', a],
      ['s3:GetObject', b],
      ['s3:ListBucket', bucket],
    ],
  },
  {
    name: 'a bucket that asks for TLS 1.2',
    kind: 'bucket',
    document: bucketPolicy(...requireTls({ bucket: 'files' })),
    beside: { identity: all },
    allowed: [
      ['s3:GetObject', a, tls],
      ['s3:ListBucket', bucket, { ...tls, 's3:TlsVersion': '1.2' }],
    ],
    refused: [
      ['s3:GetObject', a, { ...tls, 'aws:SecureTransport': 'false' }],
      ['s3:ListBucket', bucket, { ...tls, 's3:TlsVersion': '1.1' }],
    ],
  },
  {
    name: 'a bucket that asks for its key',
    kind: 'bucket',
    document: bucketPolicy(...requireKmsKey({ bucket: 'files', keyArn })),
    beside: { identity: all },
    allowed: [
      ['s3:PutObject', a],
      ['s3:PutObject', a, { 's3:x-amz-server-side-encryption': 'aws:kms' }],
      [
        's3:PutObject',
        a,
        { 's3:x-amz-server-side-encryption': 'aws:kms', 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
      ],
      ['s3:GetObject', a],
    ],
    refused: [
      ['s3:PutObject', a, { 's3:x-amz-server-side-encryption': 'AES256' }],
      [
        's3:PutObject',
        a,
        {
          's3:x-amz-server-side-encryption': 'aws:kms',
          's3:x-amz-server-side-encryption-aws-kms-key-id': `${keyArn}x`,
        },
      ],
    ],
  },
  {
    name: 'a bucket for an endpoint and a range',
    kind: 'bucket',
    document: bucketPolicy(
      ...denyOutside({ bucket: 'files', vpcEndpointIds: ['vpce-1'], ipRanges: ['203.0.113.0/24'] }),
    ),
    beside: { identity: all },
    allowed: [
      ['s3:GetObject', a, { ...own, 'aws:SourceVpce': 'vpce-1' }],
      ['s3:GetObject', a, { ...own, 'aws:SourceIp': '203.0.113.9' }],
      ['s3:GetObject', a, { 'aws:ViaAWSService': 'true', 'aws:SourceIp': '198.51.100.1' }],
    ],
    refused: [
      ['s3:GetObject', a, { ...own, 'aws:SourceVpce': 'vpce-2' }],
      ['s3:GetObject', a, { ...own, 'aws:SourceIp': '198.51.100.1' }],
      ['s3:ListBucket', bucket, { ...own, 'aws:SourceIp': '198.51.100.1' }],
      ['s3:GetObject', a, { 'aws:SourceIp': '198.51.100.1' }],
    ],
  },
  {
    name: 'read by tag',
    kind: 'identity',
    document: identityPolicy(...readTagged({ ...incoming, tag: 'release', value: 'public' })),
    allowed: [['s3:GetObject', a, { 's3:ExistingObjectTag/release': 'public' }]],
    refused: [
      ['s3:GetObject', a],
      ['s3:GetObject', a, { 's3:ExistingObjectTag/release': 'draft' }],
    ],
  },
  {
    name: 'access for a time',
    kind: 'identity',
    document: identityPolicy(...withinTime(uploadOnly(incoming), april)),
    allowed: [
      ['s3:PutObject', a, at('2026-04-01T00:00:00Z')],
      ['s3:PutObject', a, at('2026-06-30T23:59:59Z')],
    ],
    refused: [
      ['s3:PutObject', a, at('2026-03-31T23:59:59Z')],
      ['s3:PutObject', a, at('2026-07-01T00:00:00Z')],
    ],
  },
  {
    name: 'a role for EC2',
    kind: 'trust',
    document: trustPolicy(...trustService('ec2.amazonaws.com')),
    principal: { kind: 'service', name: 'ec2.amazonaws.com' },
    allowed: [['sts:AssumeRole', roleArn]],
    refused: [['sts:AssumeRoleWithWebIdentity', roleArn]],
  },
];

describe.each(presets)('$name', ({ kind, document, beside = {}, principal, allowed, refused }) => {
  const isOfIdentity = kind === 'identity';
  const identity = isOfIdentity ? document : beside.identity;
  const resource = isOfIdentity ? beside.resource : document;
  const access = compileAccess({
    ...(identity ? { identity: [named(identity)] } : {}),
    ...(resource ? { resource: named(resource) } : {}),
  });
  const isAllowed = ([action, asked, context = {}]: Asked) =>
    decide(access, {
      principal: principal ?? { kind: 'role-session', roleArn, sessionName: 'one' },
      action,
      resource: asked,
      resourceAccountId: accountId,
      context,
    }).outcome === 'Allowed';

  test.each(allowed.map((asked) => [JSON.stringify(asked), asked] as const))('allows %s', (_name, asked) => {
    expect(isAllowed(asked)).toBe(true);
  });

  test.each(refused.map((asked) => [JSON.stringify(asked), asked] as const))('refuses %s', (_name, asked) => {
    expect(isAllowed(asked)).toBe(false);
  });

  test('leaves the linter nothing to say', () => {
    expect(lint(named(document).policy, kind)).toEqual([]);
  });
});

function named(document: PolicyDocument): NonNullable<AccessPolicies['resource']> {
  const { policy, findings } = policyFrom(document);
  if (!policy) throw new Error(JSON.stringify(findings));
  return { name: 'preset', policy };
}
