import type { AccessRequest, Statement } from '../../index.ts';
import { allowAll, type DocumentedCase, named, type Outcome, userArn } from './documented-case.ts';
import type { PageName } from './pages.ts';
import { across, allowed, anonymous, asUser, by, denied, no, service, yes } from './setting.ts';

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

/** What RestrictPublicBuckets takes for public. */
export const publicAccessCases: DocumentedCase[] = publicRows.flatMap(([sentence, rows]) =>
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
);
