import { describe, expect, test } from 'vitest';
import type { AccessPolicies, NamedPolicy } from '../evaluate/access-policies.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { decide } from '../evaluate/decide.ts';
import type { Statement } from '../policy-document.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import { renderExplanation } from '../texts/describe-explanation.ts';
import { explain } from './explain.ts';

const accountId = '111122223333';
const roleArn = `arn:aws:iam::${accountId}:role/thumbnails`;
const request: AccessRequest = {
  principal: { kind: 'role-session', roleArn, sessionName: 'lambda' },
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::files/incoming/a.csv',
  resourceAccountId: accountId,
  context: { 'aws:SecureTransport': 'true' },
};

const logsOnly = named('logs-only', { Sid: 'Logs', Effect: 'Allow', Action: 'logs:*', Resource: '*' });

function named(name: string, ...Statement: Statement[]): NamedPolicy {
  const { policy, findings } = policyFrom({ Version: '2012-10-17', Statement });
  if (!policy) throw new Error(JSON.stringify(findings));
  return { name, policy };
}

function bucketPolicy(...statements: Statement[]): NamedPolicy {
  return named('files', ...statements);
}

const read: Statement = {
  Sid: 'Thumbnails',
  Effect: 'Allow',
  Principal: { AWS: roleArn },
  Action: ['s3:GetObject'],
  Resource: ['arn:aws:s3:::files/incoming/*'],
};
const tlsOnly: Statement = {
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

describe('the Lambda role with logs permissions only', () => {
  test('reads through the bucket policy, which is said in both languages', () => {
    const explanation = explain(compileAccess({ identity: [logsOnly], resource: bucketPolicy(read) }), request);
    expect(explanation.decision.outcome).toBe('Allowed');
    expect(explanation.statements.map(({ isDeciding, at }) => [at.statement.sid, isDeciding])).toEqual([
      ['Thumbnails', true],
      ['Logs', false],
    ]);
    expect(renderExplanation(explanation, 'ja')).toBe(
      `許可されます。バケットポリシー「files」の「Thumbnails」がロール（またはユーザー）に許可しており、アクセス許可の境界とセッションポリシーもこれを妨げていません。

拒否されるようにする最小の変更：
- バケットポリシー「files」の「Thumbnails」を取り除く

各ステートメント：
- バケットポリシー「files」の「Thumbnails」: 一致しました（ロールへの許可。境界とセッションポリシーの範囲内）
- アイデンティティベースのポリシー「logs-only」の「Logs」: Actionがs3:GetObjectに一致しません`,
    );
  });

  test('is refused without TLS, and told that the request is at fault and not the policies', () => {
    const insecure = { ...request, context: { 'aws:SecureTransport': 'false' } };
    const access = compileAccess({ identity: [logsOnly], resource: bucketPolicy(read, tlsOnly) });
    const explanation = explain(access, insecure);
    expect(explanation.decision).toMatchObject({ outcome: 'ExplicitlyDenied', by: { statement: { sid: 'TlsOnly' } } });
    expect(explanation.change).toMatchObject({
      outcome: 'Allowed',
      steps: [{ kind: 'change-request', key: 'aws:SecureTransport', value: 'true' }],
      warnings: [],
    });
    expect(renderExplanation(explanation, 'en').split('\n').slice(0, 4)).toEqual([
      'Explicitly denied. It matches the Deny of "TlsOnly" of the bucket policy "files". A Deny goes before every Allow.',
      '',
      'The smallest change that would allow it:',
      '- Leave the policies alone; make the request so that aws:SecureTransport is "true"',
    ]);
  });

  test('lacks one value where the bucket policy names the bucket instead of its objects', () => {
    const mistaken = bucketPolicy({ ...read, Resource: ['arn:aws:s3:::files'] });
    const { change, statements } = explain(compileAccess({ identity: [logsOnly], resource: mistaken }), request);
    expect(statements[0]?.failures).toEqual([{ element: 'Resource', requested: request.resource }]);
    expect(change?.steps).toMatchObject([{ kind: 'add-value', element: 'Resource', value: request.resource }]);
  });
});

const elsewhere = { ...request, resourceAccountId: '999988887777' };
const deniesAll: Statement = { Sid: 'Stop', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' };
const boundary = named('boundary', { Effect: 'Allow', Action: 'sqs:*', Resource: '*' });

const changes: [what: string, policies: AccessPolicies, request: AccessRequest, steps: string[], warnings: string[]][] =
  [
    ['nothing attached needs one Allow', {}, request, ['add-statement identity-policy'], []],
    [
      'a boundary is missed as well',
      { permissionsBoundary: boundary },
      request,
      ['add-statement identity-policy', 'add-statement permissions-boundary'],
      [],
    ],
    [
      'another account needs both sides',
      {},
      elsewhere,
      ['add-statement resource-policy', 'add-statement identity-policy'],
      ['other-account'],
    ],
    [
      'an anonymous reader is everybody',
      { resource: bucketPolicy(tlsOnly) },
      { ...request, principal: { kind: 'anonymous' } },
      ['add-statement resource-policy'],
      ['grants-everybody'],
    ],
    [
      'what everybody gets is not given one value more for one of them',
      { resource: bucketPolicy({ ...read, Principal: '*', Action: 's3:GetObjectTagging' }) },
      request,
      ['add-statement identity-policy'],
      [],
    ],
    [
      'a wide Deny is a guard',
      { resource: bucketPolicy(read, deniesAll) },
      request,
      ['remove-statement resource-policy'],
      ['removes-guard'],
    ],
    [
      'a Deny may hide a missing Allow',
      { resource: bucketPolicy(deniesAll) },
      request,
      ['remove-statement resource-policy', 'add-statement identity-policy'],
      ['removes-guard'],
    ],
    [
      'an organization that allows nothing',
      { identity: [named('a', { Effect: 'Allow', Action: '*', Resource: '*' })], serviceControl: [[]] },
      request,
      ['add-statement service-control-policy'],
      ['organization-wide'],
    ],
  ];

test.each(changes)('the smallest change: %s', (_what, policies, asked, steps, warnings) => {
  const { change } = explain(compileAccess(policies), asked);
  expect(change?.outcome).toBe('Allowed');
  expect(
    change?.steps.map((step) => `${step.kind} ${step.kind === 'add-statement' ? step.layer : step.at.layer}`),
  ).toEqual(steps);
  expect(change?.warnings).toEqual(warnings);
});

test('what a setting of the bucket refuses, no policy is said to change', () => {
  const open: Statement = { ...read, Principal: '*' };
  const access = compileAccess({ resource: bucketPolicy(open), bucket: { restrictPublicBuckets: true } });
  const explanation = explain(access, { ...request, principal: { kind: 'anonymous' } });
  expect(explanation.decision).toEqual({ outcome: 'ImplicitlyDenied', reason: 'public-bucket-restricted' });
  expect(explanation.change).toBeUndefined();
});

test('explaining decides as deciding does', () => {
  for (const policies of changes.map(([, policies]) => compileAccess(policies))) {
    for (const asked of [request, elsewhere])
      expect(explain(policies, asked).decision).toEqual(decide(policies, asked));
  }
});

const toAccount: Statement = { ...read, Principal: { AWS: accountId } };
const toAnother: Statement = { ...read, Principal: { AWS: 'arn:aws:iam::111122223333:role/another' } };

test.each([
  ['nothing is attached', {}, request, 'no-allow', 'identity-policy'],
  [
    'neither side allows',
    { identity: [logsOnly], resource: bucketPolicy(toAnother) },
    request,
    'neither-allows',
    'identity-policy',
  ],
  [
    'the bucket leaves it to the account',
    { resource: bucketPolicy(toAccount) },
    request,
    'left-to-account',
    'identity-policy',
  ],
  [
    'the role is named, and the boundary in the way',
    { resource: bucketPolicy(read), permissionsBoundary: boundary },
    request,
    'no-allow',
    'permissions-boundary',
  ],
  [
    'another account without a word of the bucket',
    { identity: [logsOnly] },
    elsewhere,
    'both-accounts-needed',
    'resource-policy',
  ],
  [
    'another account without one of its own',
    { resource: bucketPolicy(read) },
    elsewhere,
    'both-accounts-needed',
    'identity-policy',
  ],
] as const)('why not: %s', (_what, policies: AccessPolicies, asked, reason, layer) => {
  const { decision } = explain(compileAccess(policies), asked);
  expect(decision).toEqual({ outcome: 'ImplicitlyDenied', reason, layer });
});
