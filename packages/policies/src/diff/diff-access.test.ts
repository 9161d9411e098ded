import { describe, expect, test } from 'vitest';
import type { AccessPolicies, NamedPolicy } from '../evaluate/access-policies.ts';
import { policyFrom } from '../policy/parse-policy.ts';
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
    expect(lost.flatMap(({ when }) => when)).toEqual([{}, { 'aws:SourceIp': '198.51.100.77' }]);
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
