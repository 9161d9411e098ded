import { describe, expect, test } from 'vitest';
import type { AccessPolicies, NamedPolicy } from '../evaluate/access-policies.ts';
import type { RequestPrincipal } from '../evaluate/access-request.ts';
import { parsePolicy, policyFrom } from '../policy/parse-policy.ts';
import type { Statement } from '../policy-document.ts';
import { renderDiff } from '../texts/describe-diff.ts';
import { diffAccess } from './diff-access.ts';

const resourceAccountId = '111122223333';
const roleArn = `arn:aws:iam::${resourceAccountId}:role/Reader`;
const options = { resourceAccountId, now: new Date('2026-11-22T00:00:00Z') };

function named(...Statement: Statement[]): NamedPolicy {
  const { policy, findings } = policyFrom({ Version: '2012-10-17', Statement });
  if (!policy) throw new Error(JSON.stringify(findings));
  return { name: 'files', policy };
}
const ofBucket = (...statements: Statement[]): AccessPolicies => ({ resource: named(...statements) });
const ofRole = (...statements: Statement[]): AccessPolicies => ({ identity: [named(...statements)] });

const read: Statement = {
  Effect: 'Allow',
  Principal: { AWS: roleArn },
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::files/incoming/*',
};
const { Principal: _nobody, ...ownRead } = read;
const tls: Statement = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::files', 'arn:aws:s3:::files/*'],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

test('what is written otherwise and means the same makes no difference', () => {
  const two = [
    { ...read, Resource: 'arn:aws:s3:::files/incoming/*' },
    { ...read, Action: ['s3:getobject'] },
  ];
  const diff = diffAccess(ofBucket(read, tls), ofBucket(tls, ...two), options);
  expect(diff).toMatchObject({ gained: [], lost: [], isComplete: true });
  expect(diff.asked).toBeGreaterThan(100);
});

describe('a difference is told with who, what and when', () => {
  test('a wider resource', () => {
    const { gained, lost } = diffAccess(
      ofRole(ownRead),
      ofRole({ ...ownRead, Resource: 'arn:aws:s3:::files/*' }),
      options,
    );
    expect(lost).toEqual([]);
    expect(gained.map(({ actions, resource, when }) => ({ actions, resource, when }))).toEqual([
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::files/elsewhere/example', when: undefined },
      { actions: ['s3:GetObject'], resource: 'arn:aws:s3:::files/example', when: undefined },
    ]);
  });

  test('another principal', () => {
    const userArn = `arn:aws:iam::${resourceAccountId}:user/jane`;
    const { gained, lost } = diffAccess(ofBucket(read), ofBucket({ ...read, Principal: { AWS: userArn } }), options);
    expect(gained.map(({ principal }) => principal)).toEqual([{ kind: 'user', arn: userArn }]);
    expect(lost.map(({ principal }) => principal)).toMatchObject([{ kind: 'role-session', roleArn }]);
  });

  test('a bucket that everybody may read', () => {
    const { gained } = diffAccess(ofBucket(read), ofBucket({ ...read, Principal: '*' }), options);
    expect(gained.map(({ as }) => as).toSorted()).toEqual(['anonymous', 'outsider']);
  });

  test('another account, whose own policies would have to allow it too', () => {
    const { gained } = diffAccess(
      ofBucket(read),
      ofBucket(read, { ...read, Principal: { AWS: '444455556666' } }),
      options,
    );
    expect(gained).toMatchObject([{ as: 'outsider', actions: ['s3:GetObject'] }]);
  });

  test('a Deny that goes, in the requests that it guarded against', () => {
    const { gained, lost } = diffAccess(ofBucket(read, tls), ofBucket(read), options);
    expect(lost).toEqual([]);
    for (const { when } of gained) expect(when).toEqual([{ 'aws:SecureTransport': 'false' }]);
    expect(gained.map(({ as }) => as)).toContain('insider');
  });

  test('a condition that is added, in the requests that do not meet it', () => {
    const narrow = { ...ownRead, Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } };
    const { gained, lost } = diffAccess(ofRole(ownRead), ofRole(narrow), options);
    expect(gained).toEqual([]);
    expect(lost.flatMap(({ when }) => when)).toEqual([{}, { 'aws:SourceIp': '203.0.114.0' }]);
  });
});

describe('a policy that reaches further than what it names is found out', () => {
  const everywhere = (resource: string) =>
    diffAccess(
      ofRole({ ...ownRead, Resource: 'arn:aws:s3:::files/*' }),
      ofRole({ ...ownRead, Resource: resource }),
      options,
    ).gained.map((change) => change.resource);

  test.each(['*', 'arn:aws:s3:::*', 'arn:*:s3:::*/*'])('every bucket: %s', (resource) => {
    expect(everywhere(resource)).toContain('arn:aws:s3:::elsewhere/elsewhere');
  });

  test('buckets that begin alike', () => {
    expect(everywhere('arn:aws:s3:::files*')).toContain('arn:aws:s3:::filesexample/example');
  });

  test('a bucket that has the name that is made up elsewhere', () => {
    const one = ofRole({ ...ownRead, Resource: 'arn:aws:s3:::example/*' });
    const every = ofRole({ ...ownRead, Resource: 'arn:aws:s3:::*' });
    expect(diffAccess(one, every, options).gained).not.toEqual([]);
  });

  test.each<[what: string, before: Statement, after: Statement, action: string]>([
    [
      'every action',
      { ...ownRead, Action: 's3:*', Resource: '*' },
      { ...ownRead, Action: '*', Resource: '*' },
      'iam:CreateUser',
    ],
    [
      'all actions but a few',
      { ...ownRead, Resource: '*' },
      { Effect: 'Allow', NotAction: 's3:Put*', Resource: '*' },
      'iam:CreateUser',
    ],
    [
      'every action but those of the service that would show it',
      { ...ownRead, Action: ['s3:*', 'iam:*'], Resource: '*' },
      { ...ownRead, Action: '*', Resource: '*' },
      'ec2:RunInstances',
    ],
    [
      'services that begin alike',
      { ...ownRead, Resource: '*' },
      { ...ownRead, Action: 's*', Resource: '*' },
      's3:DeleteObject',
    ],
  ])('%s', (_what, before, after, action) => {
    const { gained, lost } = diffAccess(ofRole(before), ofRole(after), options);
    expect(gained.flatMap(({ actions }) => actions)).toContain(action);
    expect(lost.filter(({ actions }) => actions.includes(action))).toEqual([]);
  });

  test('but not where a bucket speaks of all actions: it has those of S3', () => {
    const everything = { ...read, Action: '*' };
    expect(diffAccess(ofBucket({ ...read, Action: 's3:*' }), ofBucket(everything), options).gained).toEqual([]);
  });
});

const where = (operator: string, key: string, value: string | string[]) =>
  ofRole({ ...ownRead, Condition: { [operator]: { [key]: value } } });

const gains = (operator: string, key: string, before: string | string[], after: string | string[]) =>
  diffAccess(where(operator, key, before), where(operator, key, after), options).gained.flatMap(({ when }) => when);

describe('every value of a condition is tried', () => {
  test.each([
    ['StringEquals', 'aws:PrincipalTag/team', 'red', ['red', 'blue'], 'blue'],
    ['StringEquals', 'aws:PrincipalTag/team', ['red', 'blue*'], ['red', 'blue*', 'example'], 'example'],
    ['StringNotEquals', 'aws:PrincipalTag/team', ['red', 'blue'], ['red'], 'blue'],
    ['IpAddress', 'aws:SourceIp', '203.0.113.0/25', '203.0.113.0/24', '203.0.113.255'],
    ['IpAddress', 'aws:SourceIp', '203.0.113.128/25', '203.0.113.0/24', '203.0.113.0'],
    ['IpAddress', 'aws:SourceIp', ['203.0.113.0/24'], ['203.0.113.0/24', '198.51.100.0/24'], '198.51.100.0'],
    ['IpAddress', 'aws:SourceIp', '0.0.0.0/0', ['0.0.0.0/0', '::/0'], '0:0:0:0:0:0:0:0'],
    ['NotIpAddress', 'aws:SourceIp', ['203.0.113.0/24', '2001:db8::/32'], ['203.0.113.0/24'], '2001:db8:0:0:0:0:0:0'],
    ['NumericLessThan', 's3:max-keys', '10', '1000', '999'],
  ] as const)('%s %s: %o to %o', (operator, key, before, after, gained) => {
    expect(gains(operator, key, [before].flat(), [after].flat())).toContainEqual({ [key]: gained });
  });

  test('and no value at all', () => {
    const other = { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
    const equal = ofRole({ ...ownRead, Condition: { ...other, StringEquals: { 'aws:SourceVpce': 'vpce-1' } } });
    const ifAny = ofRole({ ...ownRead, Condition: { ...other, StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } } });
    const { gained } = diffAccess(equal, ifAny, options);
    expect(gained.flatMap(({ when }) => when)).toContainEqual({ 'aws:SourceIp': '203.0.113.0' });
  });
});

describe('whoever a bucket names is asked for', () => {
  const oidc = `arn:aws:iam::${resourceAccountId}:oidc-provider/token.actions.githubusercontent.com`;
  test.each([
    [{ Federated: oidc }, { kind: 'federated-identity', provider: oidc }],
    [
      { Federated: `arn:aws:iam::${resourceAccountId}:saml-provider/office` },
      { kind: 'federated-identity', provider: `arn:aws:iam::${resourceAccountId}:saml-provider/office` },
    ],
    [
      { Federated: 'cognito-identity.amazonaws.com' },
      { kind: 'federated-identity', provider: 'cognito-identity.amazonaws.com' },
    ],
    [{ CanonicalUser: '79a59df900b949e5' }, { canonicalUserId: '79a59df900b949e5' }],
    [{ Service: 'events.amazonaws.com' }, { kind: 'service', name: 'events.amazonaws.com' }],
  ])('%o', (principal, expected) => {
    const { gained } = diffAccess(ofBucket(read), ofBucket(read, { ...read, Principal: principal }), options);
    expect(gained).toMatchObject([{ principal: expected, actions: ['s3:GetObject'] }]);
    expect(renderDiff({ gained, lost: [], asked: 1, isComplete: true }, 'en')).toContain(Object.values(principal)[0]);
  });

  test('and everybody, where it names whom it excepts', () => {
    const { Principal: _named, ...others } = read;
    const allBut = { ...others, NotPrincipal: { AWS: roleArn } };
    const { gained } = diffAccess(ofBucket(read), ofBucket(read, allBut), options);
    expect(gained.map(({ as }) => as).toSorted()).toEqual(['anonymous', 'outsider']);
  });
});

function withoutVersion(document: object): AccessPolicies {
  const { policy } = parsePolicy(JSON.stringify(document));
  if (!policy) throw new Error('it cannot be read');
  return { identity: [{ name: 'old', policy }] };
}

const readWhere = (condition: Statement['Condition']) =>
  ofRole({ ...ownRead, ...(condition ? { Condition: condition } : {}) });

describe('a request that leaves out what it usually says', () => {
  test.each<[string, Statement['Condition'], Statement['Condition'], string]>([
    [
      'TLS',
      { Bool: { 'aws:SecureTransport': 'true' } },
      { BoolIfExists: { 'aws:SecureTransport': 'true' } },
      'aws:SecureTransport',
    ],
    ['the time', { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } }, undefined, 'aws:CurrentTime'],
    ['TLS, written otherwise', { Bool: { 'aws:securetransport': 'true' } }, undefined, 'aws:SecureTransport'],
  ])('is told by that: %s', (_what, before, after, key) => {
    const diff = diffAccess(readWhere(before), readWhere(after), options);
    expect(diff.gained[0]?.when).toContainEqual({ [key]: [] });
    expect(diff.gained[0]?.when).not.toContainEqual({});
    expect(renderDiff(diff, 'en')).toContain(`nothing is said of ${key}`);
    expect(renderDiff(diff, 'ja')).toContain(`${key}の値がない`);
  });
});

test('a request that says an empty text is not told as one that says nothing', () => {
  const diff = diffAccess(
    where('StringEquals', 's3:prefix', 'a'),
    where('StringEquals', 's3:prefix', ['a', '']),
    options,
  );
  expect(diff.gained[0]?.when).toEqual([{ 's3:prefix': '' }]);
  expect(renderDiff(diff, 'en')).toContain('(where s3:prefix=)');
  expect(renderDiff(diff, 'ja')).toContain('（s3:prefix=のとき）');
});

describe('what a variable stands for is asked for', () => {
  const own = (key: string) => ({ ...ownRead, Resource: `arn:aws:s3:::files/\${${key}}/*` });
  const nothing: Statement = { ...ownRead, Action: 's3:ListAllMyBuckets', Resource: '*' };

  test('in a resource, with a request that says it', () => {
    const { lost } = diffAccess(ofRole(own('aws:PrincipalTag/folder')), ofRole(nothing), options);
    expect(lost).toMatchObject([
      { resource: 'arn:aws:s3:::files/example/example', when: [{ 'aws:principaltag/folder': 'example' }] },
    ]);
  });

  test('in a condition', () => {
    const Condition = { StringEquals: { 's3:prefix': '${aws:PrincipalTag/team}' } };
    const { lost } = diffAccess(ofRole({ ...ownRead, Condition }), ofRole(nothing), options);
    expect(lost).toMatchObject([{ when: [{ 's3:prefix': 'example', 'aws:principaltag/team': 'example' }] }]);
  });

  test('with what stands for it where nothing is said', () => {
    const { lost } = diffAccess(ofRole(own("aws:PrincipalTag/folder, 'common'")), ofRole(nothing), options);
    expect(lost.map(({ resource }) => resource)).toContain('arn:aws:s3:::files/common/example');
  });

  test('which is the name of the user who is asked for, and never that of a role', () => {
    const policies = [ofRole(own('aws:username')), ofRole(nothing)] as const;
    const ofUser = (principal?: RequestPrincipal) =>
      diffAccess(...policies, { ...options, ...(principal ? { principal } : {}) }).lost;
    const jane = { kind: 'user', arn: `arn:aws:iam::${resourceAccountId}:user/staff/jane` } as const;
    expect(ofUser(jane)).toMatchObject([{ resource: 'arn:aws:s3:::files/jane/example' }]);
    expect(ofUser(jane)[0]).not.toHaveProperty('when');
    expect(ofUser()).toMatchObject([{ principal: { kind: 'user' } }]);
    expect(ofUser({ kind: 'role-session', roleArn, sessionName: 'session' })).toEqual([]);
  });

  test('a policy without a version has none, so that a version makes a difference', () => {
    const statement = own('aws:PrincipalTag/folder');
    const old = withoutVersion({ Statement: [statement] });
    const { gained, lost } = diffAccess(old, ofRole(statement), options);
    expect(gained.map(({ resource }) => resource)).toEqual(['arn:aws:s3:::files/example/example']);
    expect(lost.map(({ resource }) => resource)).toEqual(['arn:aws:s3:::files/${aws:PrincipalTag/folder}/example']);
  });

  test('a name of a statement or of the policy makes none', () => {
    const bare = withoutVersion({ Statement: [ownRead] });
    const written = withoutVersion({ Id: 'files', Statement: [{ Sid: 'Read', ...ownRead }] });
    expect(diffAccess(bare, written, options)).toMatchObject({ gained: [], lost: [] });
  });
});

test('where there is more to ask than it may, it says so', () => {
  expect(diffAccess(ofBucket(read, tls), ofBucket(tls), { ...options, maxRequests: 10 })).toMatchObject({
    asked: 10,
    isComplete: false,
  });
});

test('it is told in both languages', () => {
  const diff = diffAccess(ofRole(ownRead), ofRole({ ...ownRead, Action: ['s3:GetObject', 's3:Put*'] }), options);
  expect(renderDiff(diff, 'ja')).toContain(
    '+ arn:aws:iam::111122223333:role/it：arn:aws:s3:::files/incoming/exampleへのs3:PutObject',
  );
  expect(renderDiff(diff, 'en')).toContain('and 3 more on arn:aws:s3:::files/incoming/example');
  const same = diffAccess(ofRole(ownRead), ofRole(ownRead), options);
  expect(renderDiff(same, 'ja')).toContain('変わりません。');
  expect(renderDiff(same, 'en')).toContain('Nothing changes:');
});
