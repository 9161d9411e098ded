import { describe, expect, test } from 'vitest';
import type { Statement } from '../policy-document.ts';
import { grammarFindingIds } from '../policy/finding.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { describeFinding } from '../texts/describe-finding.ts';
import { findingTexts } from '../texts/finding-texts.ts';
import { languages } from '../texts/language.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { explain } from '../explain/explain.ts';
import { merge } from '../size/merge.ts';
import { minify } from '../size/minify.ts';
import { lint } from './lint.ts';
import { type LintFindingId, lintRules } from './lint-finding.ts';
import type { PolicyKind } from './policy-kind.ts';

const role = 'arn:aws:iam::111122223333:role/Reader';
const user = 'arn:aws:iam::111122223333:user/Jane';
const objects = 'arn:aws:s3:::files/*';
const topicOf = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::files' } };
const read: Statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: objects };
const share: Statement = { ...read, Principal: { AWS: role } };

function found(kind: PolicyKind, statements: readonly Partial<Statement>[], version?: string): LintFindingId[] {
  const text = JSON.stringify({ Version: version ?? '2012-10-17', Statement: statements });
  const { policy, findings } = parsePolicy(text);
  if (!policy) throw new Error(JSON.stringify(findings));
  return lint(policy, kind).map(({ id }) => id);
}

interface Pair {
  id: LintFindingId;
  kind?: PolicyKind;
  bad: readonly Partial<Statement>[];
  /** As near to it as can be, and sound. */
  good: readonly Partial<Statement>[];
  version?: string;
}

const pairs: readonly Pair[] = [
  { id: 'principal-missing', kind: 'bucket', bad: [read], good: [share] },
  {
    id: 'principal-missing',
    kind: 'trust',
    bad: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }],
    good: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  },
  { id: 'principal-not-allowed', bad: [share], good: [read] },
  {
    id: 'principal-malformed',
    kind: 'bucket',
    bad: [{ ...share, Principal: { AWS: 'arn:aws:iam::111122223333:group/Staff' } }],
    good: [{ ...share, Principal: { AWS: '111122223333' } }],
  },
  {
    id: 'principal-with-wildcard',
    kind: 'bucket',
    bad: [{ ...share, Principal: { AWS: 'arn:aws:iam::111122223333:role/*' } }],
    good: [share],
  },
  {
    id: 'public-principal',
    kind: 'bucket',
    bad: [{ ...share, Principal: '*' }],
    good: [{ ...share, Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3' } } }],
  },
  {
    id: 'public-principal',
    kind: 'queue',
    bad: [
      {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a' } },
      },
    ],
    good: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }],
  },
  { id: 'user-with-long-lived-keys', kind: 'bucket', bad: [{ ...share, Principal: { AWS: user } }], good: [share] },
  {
    id: 'confused-deputy',
    kind: 'queue',
    bad: [{ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' }],
    good: [
      {
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: topicOf,
      },
    ],
  },
  {
    id: 'account-means-root',
    kind: 'endpoint',
    bad: [{ ...read, Principal: { AWS: '111122223333' } }],
    good: [{ ...read, Principal: '*' }],
  },
  {
    id: 'not-principal-with-allow',
    kind: 'bucket',
    bad: [{ ...read, NotPrincipal: { AWS: '111122223333' } }],
    good: [{ ...read, Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } }],
  },
  {
    id: 'not-principal-without-account',
    kind: 'bucket',
    bad: [{ ...read, Effect: 'Deny', NotPrincipal: { AWS: role } }],
    good: [{ ...read, Effect: 'Deny', NotPrincipal: { AWS: [role, '111122223333'] } }],
  },
  { id: 'resource-missing', bad: [{ Effect: 'Allow', Action: 's3:GetObject' }], good: [read] },
  {
    id: 'resource-not-allowed',
    kind: 'trust',
    bad: [{ Effect: 'Allow', Principal: { AWS: role }, Action: 'sts:AssumeRole', Resource: '*' }],
    good: [{ Effect: 'Allow', Principal: { AWS: role }, Action: 'sts:AssumeRole' }],
  },
  { id: 'malformed-arn', bad: [{ ...read, Resource: 'files/*' }], good: [read] },
  { id: 'wrong-resource-for-action', bad: [{ ...read, Resource: 'arn:aws:s3:::files' }], good: [read] },
  {
    id: 'wrong-resource-for-action',
    bad: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: objects }],
    good: [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::files' }],
  },
  {
    id: 'wrong-resource-for-action',
    bad: [{ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: objects }],
    good: [{ Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: 'arn:aws:sqs:*:111122223333:arrivals' }],
  },
  {
    id: 'wrong-resource-for-action',
    bad: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws:kms:ap-northeast-1:111122223333:alias/files' }],
    good: [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: 'arn:aws:kms:ap-northeast-1:111122223333:key/1234' }],
  },
  {
    id: 'action-needs-every-resource',
    bad: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::files' }],
    good: [{ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }],
  },
  { id: 'every-resource', bad: [{ ...read, Resource: '*' }], good: [{ ...read, Effect: 'Deny', Resource: '*' }] },
  {
    id: 'not-resource-with-allow',
    bad: [{ Effect: 'Allow', Action: 's3:GetObject', NotResource: objects }],
    good: [{ Effect: 'Deny', Action: 's3:GetObject', NotResource: objects }],
  },
  { id: 'malformed-action', bad: [{ ...read, Action: 'GetObject' }], good: [read] },
  {
    id: 'unknown-action',
    bad: [{ ...read, Action: 's3:GetObjectMetadata' }],
    good: [{ ...read, Action: 's3:getobject' }],
  },
  { id: 'unknown-action', bad: [{ ...read, Action: 's3:Fetch*' }], good: [{ ...read, Action: 's3:Get*' }] },
  {
    id: 'action-of-other-service',
    kind: 'bucket',
    bad: [{ ...share, Action: ['s3:GetObject', 'sqs:SendMessage'] }],
    good: [share],
  },
  { id: 'every-action', bad: [{ ...read, Action: '*' }], good: [{ ...read, Effect: 'Deny', Action: '*' }] },
  { id: 'every-action-of-service', bad: [{ ...read, Action: 's3:*' }], good: [{ ...read, Action: 's3:GetObject*' }] },
  {
    id: 'not-action-with-allow',
    bad: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: objects }],
    good: [{ Effect: 'Deny', NotAction: 'iam:*', Resource: objects }],
  },
  {
    id: 'unknown-condition-key',
    bad: [{ ...read, Condition: { StringEquals: { 'aws:SourceVPCEndpoint': 'vpce-1' } } }],
    good: [{ ...read, Condition: { StringEquals: { 'AWS:sourcevpce': 'vpce-1' } } }],
  },
  {
    id: 'unknown-condition-key',
    bad: [{ ...read, Condition: { StringEquals: { 's3:ObjectTag/team': 'a' } } }],
    good: [{ ...read, Condition: { StringEquals: { 's3:ExistingObjectTag/team': 'a' } } }],
  },
  {
    id: 'key-never-present',
    bad: [{ ...read, Condition: { StringLike: { 's3:prefix': 'a/*' } } }],
    good: [
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: 'arn:aws:s3:::files',
        Condition: { StringLike: { 's3:prefix': 'a/*' } },
      },
    ],
  },
  {
    id: 'wrong-operator-for-key',
    bad: [{ ...read, Condition: { StringEquals: { 'aws:SourceIp': '203.0.113.9' } } }],
    good: [{ ...read, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.9' } } }],
  },
  {
    id: 'wrong-operator-for-key',
    bad: [{ ...read, Condition: { StringEquals: { 'aws:SecureTransport': 'true' } } }],
    good: [{ ...read, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  },
  {
    id: 'wildcard-without-like',
    bad: [{ ...read, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-*' } } }],
    good: [{ ...read, Condition: { StringLike: { 'aws:SourceVpce': 'vpce-*' } } }],
  },
  {
    id: 'set-operator-missing',
    bad: [{ ...read, Condition: { StringEquals: { 'aws:TagKeys': 'team' } } }],
    good: [{ ...read, Condition: { 'ForAnyValue:StringEquals': { 'aws:TagKeys': 'team' } } }],
  },
  {
    id: 'set-operator-on-single-value',
    bad: [{ ...read, Condition: { 'ForAnyValue:StringEquals': { 'aws:SourceVpce': 'vpce-1' } } }],
    good: [{ ...read, Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }],
  },
  {
    id: 'for-all-values-with-allow',
    bad: [{ ...read, Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' } } }],
    good: [
      {
        ...read,
        Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' }, Null: { 'aws:TagKeys': 'false' } },
      },
    ],
  },
  {
    id: 'private-source-ip',
    bad: [{ ...read, Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '10.1.0.0/16'] } } }],
    good: [{ ...read, Condition: { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } } }],
  },
  {
    id: 'private-source-ip',
    bad: [{ ...read, Condition: { NotIpAddress: { 'aws:SourceIp': 'fd00::/8' } } }],
    good: [{ ...read, Condition: { IpAddress: { 'aws:VpcSourceIp': '10.1.0.0/16' } } }],
  },
  {
    id: 'variable-without-effect',
    bad: [{ ...read, Resource: 'arn:aws:s3:${aws:RequestedRegion}::files/*' }],
    good: [{ ...read, Resource: 'arn:aws:s3:::files/${aws:PrincipalTag/team}/*' }],
  },
  {
    id: 'variable-without-effect',
    bad: [{ ...read, Effect: 'Deny', Condition: { BinaryEquals: { 'saml:x': '${aws:userid}' } } }],
    good: [{ ...read, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:userid': '${aws:SourceIdentity}' } } }],
  },
  { id: 'old-version', bad: [read], good: [], version: '2008-10-17' },
  {
    id: 'variable-in-old-version',
    bad: [{ ...read, Resource: 'arn:aws:s3:::files/${aws:userid}/*' }],
    good: [read],
    version: '2008-10-17',
  },
  { id: 'invalid-sid', bad: [{ ...read, Sid: 'Read incoming' }], good: [{ ...read, Sid: 'ReadIncoming' }] },
  {
    id: 'duplicate-sid',
    bad: [
      { ...read, Sid: 'A' },
      { ...read, Sid: 'A', Action: 's3:PutObject' },
    ],
    good: [
      { ...read, Sid: 'A' },
      { ...read, Sid: 'B', Action: 's3:PutObject' },
    ],
  },
  {
    id: 'duplicate-statement',
    bad: [
      { ...read, Action: ['s3:GetObject', 's3:PutObject'] },
      { ...read, Action: ['S3:putobject', 's3:GetObject'] },
    ],
    good: [read, { ...read, Action: 's3:PutObject' }],
  },
];

describe('each finding', () => {
  test.each(pairs)(
    '$id is found where it is, and not in the sound one beside it',
    ({ id, kind = 'identity', bad, good, version }) => {
      expect(found(kind, bad, version)).toContain(id);
      if (good.length > 0) expect(found(kind, good, version)).not.toContain(id);
    },
  );

  test('is in the table above', () => {
    expect(new Set(pairs.map(({ id }) => id))).toEqual(new Set(Object.keys(lintRules)));
  });

  test('has a text in both languages, and a page of AWS', () => {
    expect(new Set(Object.keys(findingTexts))).toEqual(new Set([...grammarFindingIds, ...Object.keys(lintRules)]));
    for (const { page } of Object.values(lintRules))
      expect(page.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/.+\.html$/);
    const details: Record<string, string> = {
      value: 'V',
      key: 'K',
      element: 'E',
      other: 'O',
      operator: 'P',
      type: 'T',
      expected: 'X',
      found: 'F',
      account: 'A',
      action: 'C',
      service: 'S',
      resource: 'R',
      near: 'N',
    };
    for (const [id, text] of Object.entries(findingTexts)) {
      for (const language of languages) {
        const { problem, fix } = text[language]((name) => details[name] ?? '');
        const isJapanese = /[ぁ-ん]/.test(problem) && /[ぁ-ん]/.test(fix);
        expect([id, language, isJapanese]).toEqual([id, language, language === 'ja']);
      }
    }
  });
});

test('a finding says where it is and how to mend it', () => {
  const { policy } = parsePolicy(`{
  "Version": "2012-10-17",
  "Statement": {
    "Effect": "Allow",
    "Action": ["s3:GetObject",
               "s3:GetObjectMetadata"],
    "Resource": "arn:aws:s3:::files/*"
  }
}`);
  const [finding, ...more] = policy ? lint(policy, 'identity') : [];
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    id: 'unknown-action',
    severity: 'error',
    pointer: '/Statement/Action/1',
    position: { line: 6, column: 16 },
  });
  if (!finding) return;
  expect(describeFinding(finding, 'ja').problem).toBe(
    '「s3:GetObjectMetadata」というアクションはありません。メタデータはs3:GetObjectの許可で読めます。',
  );
  expect(describeFinding(finding, 'en').problem).toBe(
    'There is no action "s3:GetObjectMetadata". Metadata is read with s3:GetObject.',
  );
});

const concrete = ['s3:GetObject', 's3:ListBucket', 'sqs:SendMessage', 'kms:Decrypt', 'logs:PutLogEvents'];
const hostile: readonly (readonly [what: string, statement: Partial<Statement>])[] = [
  ['a pattern of nothing but wildcards', { ...read, Resource: `arn:aws:s3:::${'*a?'.repeat(20_000)}` }],
  ['variables that do not end', { ...read, Resource: '${'.repeat(60_000) }],
  ['a variable of spaces', { ...read, Resource: `arn:aws:s3:::\${${' '.repeat(120_000)}}` }],
  [
    'many actions on a long resource',
    { ...read, Action: Array.from({ length: 300 }, () => concrete).flat(), Resource: '*:'.repeat(30_000) },
  ],
  [
    'many resources of no type',
    { ...read, Action: concrete, Resource: Array.from({ length: 1_000 }, (_, index) => `arn:*:x${index}:*:*:*?*?*y`) },
  ],
];

test.each(hostile)('%s is looked at in the end', (_what, statement) => {
  const { policy } = parsePolicy(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  if (!policy) throw new Error('not read');
  const begun = process.cpuUsage();
  lint(policy, 'identity');
  const access = compileAccess({ identity: [{ name: 'hostile', policy }] });
  const request: AccessRequest = {
    principal: { kind: 'user', arn: user },
    action: 's3:GetObject',
    resource: `arn:aws:s3:::files/${'a?*'.repeat(340)}`,
    resourceAccountId: '111122223333',
  };
  explain(access, request);
  minify(merge(policy));
  const { user: cpu } = process.cpuUsage(begun);
  expect(cpu / 1e6).toBeLessThan(5);
});
