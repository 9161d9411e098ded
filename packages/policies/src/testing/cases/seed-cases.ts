import type { AccessPolicies, AccessRequest, RequestPrincipal, Statement } from '../../index.ts';
import {
  accountId,
  asRole,
  type DocumentedCase,
  named,
  type Outcome,
  readObject,
  roleArn,
  userArn,
} from './documented-case.ts';
import type { PageName } from './pages.ts';

const yes: Outcome = 'Allowed';
const no: Outcome = 'ImplicitlyDenied';
const denied: Outcome = 'ExplicitlyDenied';

const bucket = 'arn:aws:s3:::files';
const objects = `${bucket}/*`;
const queue = `arn:aws:sqs:ap-northeast-1:${accountId}:arrivals`;
const key = `arn:aws:kms:ap-northeast-1:${accountId}:key/1234abcd`;
const user: RequestPrincipal = { kind: 'user', arn: userArn };

const ask = (
  action: string,
  resource = `${bucket}/incoming/a.csv`,
  context: AccessRequest['context'] = {},
): AccessRequest => ({
  ...asRole,
  action,
  resource,
  context,
});
const askAsUser = (action: string, resource?: string, context?: AccessRequest['context']): AccessRequest => ({
  ...ask(action, resource, context),
  principal: user,
});

interface Seed {
  what: string;
  page: PageName;
  sentence: string;
  policies: AccessPolicies;
  asked: readonly (readonly [request: AccessRequest, outcome: Outcome])[];
}

const reader: Statement[] = [
  { Sid: 'List', Effect: 'Allow', Action: 's3:ListBucket', Resource: bucket },
  { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: objects },
];
const read = (Condition: Statement['Condition'] & {}): AccessPolicies => ({
  identity: [named('reader', { Effect: 'Allow', Action: 's3:GetObject', Resource: objects, Condition })],
});
const logs: Statement = {
  Sid: 'Logs',
  Effect: 'Allow',
  Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: `arn:aws:logs:ap-northeast-1:${accountId}:*`,
};
const forThumbnails: Statement[] = [
  {
    Sid: 'ReadImages',
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: 's3:GetObject',
    Resource: `${bucket}/incoming/*`,
  },
  {
    Sid: 'WriteThumbnails',
    Effect: 'Allow',
    Principal: { AWS: roleArn },
    Action: 's3:PutObject',
    Resource: `${bucket}/thumbnails/*`,
  },
];
const worker: Statement[] = [
  {
    Effect: 'Allow',
    Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
    Resource: queue,
  },
  { Effect: 'Allow', Action: 's3:GetObject', Resource: `${bucket}/incoming/*` },
  { Effect: 'Allow', Action: 'kms:Decrypt', Resource: key },
];
const listAndRead = (list: string, get: string): AccessPolicies => ({
  resource: named(
    'files',
    { Effect: 'Allow', Principal: { AWS: userArn }, Action: 's3:ListBucket', Resource: list },
    { Effect: 'Allow', Principal: { AWS: userArn }, Action: 's3:GetObject', Resource: get },
  ),
});
const actionsPage: PageName = 'Actions, resources, and condition keys for Amazon S3';
const examples: PageName = 'Examples of Amazon S3 bucket policies';
const operators: PageName = 'IAM JSON policy elements: Condition operators';

const seeds: readonly Seed[] = [
  {
    what: 'EC2 reader role with instance profile',
    page: 'How AWS enforcement code logic evaluates requests',
    sentence: 'If the principal is a role session, then the request is Allowed.',
    policies: { identity: [named('reader', ...reader)] },
    asked: [
      [ask('s3:GetObject'), yes],
      [ask('s3:ListBucket', bucket), yes],
      [ask('s3:PutObject'), no],
      [ask('s3:DeleteObject'), no],
      [ask('s3:GetObject', 'arn:aws:s3:::others/a.csv'), no],
      [ask('s3:ListAllMyBuckets', '*'), no],
    ],
  },
  {
    what: 'the instance takes its role on',
    page: 'AWS JSON policy elements: Principal',
    sentence:
      'IAM roles that can be assumed by an AWS service are called service roles. Service roles must include a trust policy.',
    policies: {
      resource: named('trust', {
        Effect: 'Allow',
        Principal: { Service: 'ec2.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    },
    asked: [
      [{ ...ask('sts:AssumeRole', roleArn), principal: { kind: 'service', name: 'ec2.amazonaws.com' } }, yes],
      [{ ...ask('sts:AssumeRole', roleArn), principal: { kind: 'service', name: 'lambda.amazonaws.com' } }, no],
      [askAsUser('sts:AssumeRole', roleArn), no],
    ],
  },
  {
    what: 'allow by tag',
    page: examples,
    sentence:
      'The following permissions policy limits a user to only reading objects that have the environment: production tag key and value.',
    policies: read({ StringEquals: { 's3:ExistingObjectTag/environment': 'production' } }),
    asked: [
      [ask('s3:GetObject', undefined, { 's3:ExistingObjectTag/environment': 'production' }), yes],
      [ask('s3:GetObject', undefined, { 's3:ExistingObjectTag/environment': 'test' }), no],
      [ask('s3:GetObject'), no],
    ],
  },
  {
    what: 'allow by IP range',
    page: operators,
    sentence:
      'For example, the following statement uses the IpAddress condition operator with the aws:SourceIp key to specify that the request must come from the IP range 203.0.113.0 to 203.0.113.255.',
    policies: read({ IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }),
    asked: [
      [ask('s3:GetObject', undefined, { 'aws:SourceIp': '203.0.113.9' }), yes],
      [ask('s3:GetObject', undefined, { 'aws:SourceIp': '198.51.100.9' }), no],
      [ask('s3:GetObject', undefined, { 'aws:SourceVpce': 'vpce-1a2b3c4d', 'aws:VpcSourceIp': '10.0.0.9' }), no],
    ],
  },
  {
    what: 'a private range is never seen',
    page: operators,
    sentence:
      "If the requests originates from an Amazon EC2 instance, aws:SourceIp evaluates to the instance's public IP address.",
    policies: read({ IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }),
    asked: [
      [ask('s3:GetObject', undefined, { 'aws:SourceIp': '203.0.113.9' }), no],
      [ask('s3:GetObject', undefined, { 'aws:SourceVpce': 'vpce-1a2b3c4d', 'aws:VpcSourceIp': '10.0.0.9' }), no],
    ],
  },
  {
    what: 'allow by time window',
    page: operators,
    sentence: 'DateLessThan: Matching before a specific date and time',
    policies: read({
      DateGreaterThan: { 'aws:CurrentTime': '2026-04-01T00:00:00Z' },
      DateLessThan: { 'aws:CurrentTime': '2026-06-30T23:59:59Z' },
    }),
    asked: [
      [ask('s3:GetObject', undefined, { 'aws:CurrentTime': '2026-05-01T00:00:00Z' }), yes],
      [ask('s3:GetObject', undefined, { 'aws:CurrentTime': '2026-03-31T23:59:59Z' }), no],
      [ask('s3:GetObject', undefined, { 'aws:CurrentTime': '2026-07-01T00:00:00Z' }), no],
    ],
  },
  {
    what: 'deny outside the VPC endpoint',
    page: examples,
    sentence: 'Restricting access to a specific VPC endpoint',
    policies: {
      identity: [named('reader', ...reader)],
      resource: named('files', {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucket, objects],
        Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
      }),
    },
    asked: [
      [ask('s3:GetObject', undefined, { 'aws:SourceVpce': 'vpce-1a2b3c4d' }), yes],
      [ask('s3:GetObject', undefined, { 'aws:SourceVpce': 'vpce-9z8y7x6w' }), denied],
      [ask('s3:GetObject', undefined, { 'aws:SourceIp': '203.0.113.9' }), denied],
      [ask('s3:PutObject', undefined, { 'aws:SourceVpce': 'vpce-1a2b3c4d' }), no],
    ],
  },
  {
    what: 'an IAM user lists the bucket and reads its objects by bucket policy',
    page: actionsPage,
    sentence: 'The Resource types column indicates whether each action supports resource-level permissions.',
    policies: listAndRead(bucket, objects),
    asked: [
      [askAsUser('s3:ListBucket', bucket), yes],
      [askAsUser('s3:GetObject'), yes],
      [askAsUser('s3:PutObject'), no],
      [{ ...askAsUser('s3:GetObject'), principal: { kind: 'user', arn: `arn:aws:iam::${accountId}:user/John` } }, no],
    ],
  },
  {
    what: 'the mistake: GetObject on the bucket',
    page: actionsPage,
    sentence: 'The Resource types column indicates whether each action supports resource-level permissions.',
    policies: listAndRead(bucket, bucket),
    asked: [
      [askAsUser('s3:ListBucket', bucket), yes],
      [askAsUser('s3:GetObject'), no],
    ],
  },
  {
    what: 'the mistake: ListBucket on the objects',
    page: actionsPage,
    sentence: 'The Resource types column indicates whether each action supports resource-level permissions.',
    policies: listAndRead(objects, objects),
    asked: [
      [askAsUser('s3:ListBucket', bucket), no],
      [askAsUser('s3:GetObject'), yes],
    ],
  },
  {
    what: 'a Lambda role with logs permissions only reads and writes through the bucket policy',
    page: 'Policy evaluation logic',
    sentence:
      'If an action is allowed by an identity-based policy, a resource-based policy, or both, then AWS allows the action.',
    policies: { identity: [named('logs-only', logs)], resource: named('files', ...forThumbnails) },
    asked: [
      [ask('s3:GetObject'), yes],
      [ask('s3:PutObject', `${bucket}/thumbnails/a.webp`), yes],
      [ask('s3:PutObject'), no],
      [ask('s3:GetObject', `${bucket}/thumbnails/a.webp`), no],
      [ask('s3:ListBucket', bucket), no],
      [ask('logs:PutLogEvents', `arn:aws:logs:ap-northeast-1:${accountId}:log-group:/aws/lambda/t:log-stream:x`), yes],
    ],
  },
  {
    what: 'the same role with an explicit deny',
    page: 'The difference between explicit and implicit denies',
    sentence: 'A request results in an explicit deny if an applicable policy includes a Deny statement.',
    policies: {
      identity: [named('logs-only', logs, { Sid: 'NoFiles', Effect: 'Deny', Action: 's3:*', Resource: '*' })],
      resource: named('files', ...forThumbnails),
    },
    asked: [
      [ask('s3:GetObject'), denied],
      [ask('s3:PutObject', `${bucket}/thumbnails/a.webp`), denied],
      [ask('logs:CreateLogGroup', `arn:aws:logs:ap-northeast-1:${accountId}:log-group:x`), yes],
    ],
  },
  {
    what: 'a bucket policy that names someone else',
    page: 'AWS JSON policy elements: Principal',
    sentence:
      'Use the Principal element in a resource-based JSON policy to specify the principal that is allowed or denied access to a resource.',
    policies: {
      identity: [named('logs-only', logs)],
      resource: named(
        'files',
        ...forThumbnails.map((statement) => ({
          ...statement,
          Principal: { AWS: `arn:aws:iam::${accountId}:role/Another` },
        })),
      ),
    },
    asked: [
      [ask('s3:GetObject'), no],
      [ask('s3:PutObject', `${bucket}/thumbnails/a.webp`), no],
    ],
  },
  {
    what: 'an on-premises worker with exactly SQS, GetObject and kms:Decrypt',
    page: 'Default key policy',
    sentence:
      'It allows the account to use IAM policies to allow access to the KMS key, in addition to the key policy.',
    policies: {
      identity: [named('worker', ...worker)],
      resource: named('key', {
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: 'kms:*',
        Resource: '*',
      }),
    },
    asked: [
      [ask('kms:Decrypt', key), yes],
      [ask('kms:Encrypt', key), no],
      [ask('kms:Decrypt', `arn:aws:kms:ap-northeast-1:${accountId}:key/other`), no],
    ],
  },
  {
    what: 'the same worker at its queue and bucket',
    page: 'How AWS enforcement code logic evaluates requests',
    sentence:
      'Requests must be explicitly allowed by a policy or set of policies following the evaluation logic below to be allowed.',
    policies: { identity: [named('worker', ...worker)] },
    asked: [
      [ask('sqs:ReceiveMessage', queue), yes],
      [ask('sqs:DeleteMessage', queue), yes],
      [ask('sqs:ChangeMessageVisibility', queue), yes],
      [ask('sqs:SendMessage', queue), no],
      [ask('sqs:PurgeQueue', queue), no],
      [ask('s3:GetObject'), yes],
      [ask('s3:GetObject', `${bucket}/exports/a.csv`), no],
      [ask('s3:PutObject'), no],
      [ask('kms:Decrypt', key), no],
    ],
  },
];

export const seedCases: DocumentedCase[] = seeds.flatMap(({ what, page, sentence, policies, asked }) =>
  asked.map(([request, outcome]) => ({
    subject: 'seed case' as const,
    page,
    sentence,
    what: `${what}: ${request.principal.kind} ${request.action} ${request.resource} ${JSON.stringify(request.context ?? {})}`,
    policies,
    request: { ...readObject, ...request },
    outcome,
  })),
);
