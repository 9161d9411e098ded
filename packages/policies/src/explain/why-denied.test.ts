import { describe, expect, test } from 'vitest';
import type { NamedPolicy } from '../evaluate/access-policies.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import type { Statement } from '../policy-document.ts';
import { describeDenial, renderDenial } from '../texts/describe-denial.ts';
import { type DeniedRequest, whyDenied } from './why-denied.ts';

const accountId = '111122223333';
const denied: DeniedRequest = {
  callerArn: `arn:aws:sts::${accountId}:assumed-role/worker/nightly`,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::files/incoming/a.csv',
  policies: {},
};
const keyArn = `arn:aws:kms:ap-northeast-1:${accountId}:key/1234abcd`;

function named(name: string, ...Statement: Statement[]): NamedPolicy {
  const { policy, findings } = policyFrom({ Version: '2012-10-17', Statement });
  if (!policy) throw new Error(JSON.stringify(findings));
  return { name, policy };
}
const read = named('read', { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/*' });
const list = named('list', { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::files' });
const tlsOnly = named('files', {
  Sid: 'TlsOnly',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

describe('what could be read is enough where it denies whatever the rest says', () => {
  test('neither the identity policy nor the bucket policy allows it', () => {
    const denial = whyDenied({ ...denied, policies: { identity: [list], resource: 'none' } });
    expect(denial).toMatchObject({ certainty: 'sure', explanation: { decision: { outcome: 'ImplicitlyDenied' } } });
    expect(renderDenial(denial, 'ja')).toContain('arn:aws:s3:::files/incoming/a.csvへのs3:GetObjectが拒否されました。');
    expect(describeDenial(denial, 'en').next.join('\n')).toContain('"Action":"s3:GetObject"');
  });

  test('a Deny, though nobody could read the identity policy', () => {
    const denial = whyDenied({
      ...denied,
      policies: { resource: tlsOnly },
      context: { 'aws:SecureTransport': 'false' },
    });
    expect(denial).toMatchObject({ certainty: 'sure', explanation: { decision: { outcome: 'ExplicitlyDenied' } } });
    expect(describeDenial(denial, 'en').next.join('\n')).toContain('aws:SecureTransport is "true"');
  });

  test('the key of the object, asked for through S3', () => {
    const ofS3Elsewhere = named('key', {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${accountId}:role/worker` },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 's3.us-east-1.amazonaws.com' } },
    });
    const key = { keyArn, keyAccountId: accountId, policy: ofS3Elsewhere };
    const denial = whyDenied({ ...denied, policies: { identity: [read], resource: 'none' }, key });
    expect(denial).toMatchObject({ certainty: 'sure', explanation: { request: { action: 'kms:Decrypt' } } });
  });
});

test('an identity policy without it may be made up for by a bucket policy that nobody could read', () => {
  const denial = whyDenied({ ...denied, policies: { identity: [list] } });
  expect(denial).toMatchObject({ certainty: 'elsewhere' });
  expect(denial).toMatchObject({ unread: expect.arrayContaining(['resource-policy', 'permissions-boundary']) });
  expect(denial.certainty === 'elsewhere' && denial.unread[0]).toBe('resource-policy');
});

describe('what AWS says itself', () => {
  const user = `User: ${denied.callerArn} is not authorized to perform: s3:GetObject on resource: "${denied.resource}"`;
  test.each([
    ['with an explicit deny in a service control policy', 'service-control-policy', true],
    ['with an explicit deny in a resource-based policy', 'resource-policy', true],
    ['with an explicit deny in an identity-based policy', 'identity-policy', true],
    ['because no identity-based policy allows the s3:GetObject action', 'identity-policy', false],
    ['because no permissions boundary allows the s3:GetObject action', 'permissions-boundary', false],
    ['because no session policy allows the s3:GetObject action', 'session-policy', false],
    ['because no VPC endpoint policy allows the s3:GetObject action', 'endpoint-policy', false],
    ['because no resource control policy allows the s3:GetObject action', 'resource-control-policy', false],
  ])('%s', (reason, layer, isExplicit) => {
    const denial = whyDenied({ ...denied, message: `${user} ${reason}` });
    expect(denial).toMatchObject({
      certainty: 'told',
      told: { layer, isExplicit, principal: denied.callerArn, action: 's3:GetObject', resource: denied.resource },
    });
    for (const language of ['ja', 'en'] as const) expect(renderDenial(denial, language)).not.toContain('undefined');
  });

  test('"Access Denied" says nothing', () => {
    expect(whyDenied({ ...denied, message: 'Access Denied' })).toMatchObject({ certainty: 'elsewhere' });
  });
});

test('what lies elsewhere is told with where to look, and beyond policies where all were read', () => {
  const unread = whyDenied(denied);
  expect(unread).toMatchObject({ certainty: 'elsewhere', mayBeKey: true });
  expect(describeDenial(unread, 'ja').next[0]).toContain('アイデンティティベースのポリシー、バケットポリシー');
  const everything = {
    identity: [read],
    permissionsBoundary: 'none',
    session: 'none',
    serviceControl: 'none',
    resourceControl: 'none',
    resource: 'none',
    endpoint: 'none',
  } as const;
  const key = { keyArn, keyAccountId: accountId, policy: named('key', { ...tlsOnlyKey }) };
  const readAll = whyDenied({ ...denied, policies: everything, key });
  expect(readAll).toMatchObject({ certainty: 'elsewhere', unread: [], mayBeKey: false });
  expect(describeDenial(readAll, 'en').next).toEqual([expect.stringContaining('Block Public Access')]);
});

const tlsOnlyKey: Statement = {
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${accountId}:role/worker` },
  Action: 'kms:*',
  Resource: '*',
};

test('a caller without a name that is known', () => {
  expect(whyDenied({ ...denied, callerArn: 'somebody' })).toEqual({ certainty: 'unknown-caller' });
});
