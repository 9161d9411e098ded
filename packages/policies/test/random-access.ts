import type { AccessPolicies, AccessRequest, RequestPrincipal, Statement } from '../src/index.ts';
import {
  accountId,
  named,
  otherAccountId,
  roleArn,
  sessionArn,
  userArn,
} from '../src/testing/cases/documented-case.ts';

/** Statements by where they are attached; easily changed, and made into policies by `accessPoliciesOf`. */
export type RandomAccess = Partial<Record<Place, Statement[]>>;
const places = ['identity', 'boundary', 'session', 'scp', 'rcp', 'endpoint', 'resource'] as const;
export type Place = (typeof places)[number];

type Random = () => number;

export function accessPoliciesOf(access: RandomAccess): AccessPolicies {
  const { identity, boundary, session, scp, rcp, endpoint, resource } = access;
  return {
    ...(identity ? { identity: [named('identity', ...identity)] } : {}),
    ...(boundary ? { permissionsBoundary: named('boundary', ...boundary) } : {}),
    ...(session ? { session: [named('session', ...session)] } : {}),
    ...(scp ? { serviceControl: [[named('scp', ...scp)]] } : {}),
    ...(rcp ? { resourceControl: [[named('rcp', ...rcp)]] } : {}),
    ...(endpoint ? { endpoint: { type: 'interface', policy: named('endpoint', ...endpoint) } } : {}),
    ...(resource ? { resource: named('resource', ...resource) } : {}),
  };
}

export function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

export function shuffled<Value>(random: Random, values: readonly Value[]): Value[] {
  return values
    .map((value) => ({ value, at: random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ value }) => value);
}

const requested: readonly Pick<AccessRequest, 'action' | 'resource'>[] = [
  { action: 's3:GetObject', resource: 'arn:aws:s3:::files/incoming/Jane/a.csv' },
  { action: 's3:PutObject', resource: 'arn:aws:s3:::files/incoming/b.csv' },
  { action: 's3:ListBucket', resource: 'arn:aws:s3:::files' },
  { action: 'kms:Decrypt', resource: `arn:aws:kms:ap-northeast-1:${accountId}:key/1234abcd` },
  { action: 'sqs:ReceiveMessage', resource: `arn:aws:sqs:ap-northeast-1:${accountId}:arrivals` },
  { action: 'sts:AssumeRole', resource: `arn:aws:iam::${accountId}:role/Taken` },
];
const principals: readonly RequestPrincipal[] = [
  { kind: 'user', arn: userArn, tags: { team: 'incoming' } },
  { kind: 'role-session', roleArn, sessionName: 'nightly' },
  { kind: 'federated-user', arn: `arn:aws:sts::${accountId}:federated-user/partner`, userArn },
  { kind: 'root', accountId },
  { kind: 'service', name: 's3.amazonaws.com' },
  { kind: 'anonymous' },
];
const actions = [
  '*',
  's3:*',
  's3:Get*',
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  'kms:Decrypt',
  'sqs:*',
  'sts:AssumeRole',
  's3:?etObject',
];
const resources = [
  '*',
  'arn:aws:s3:::files',
  'arn:aws:s3:::files/*',
  'arn:aws:s3:::files/incoming/*',
  'arn:aws:s3:::files/incoming/${aws:username}/*',
  "arn:aws:s3:::files/${aws:PrincipalTag/team, 'incoming'}/*",
  'arn:aws:s3:::files/inc?ming/*.csv',
  'arn:aws:kms:*:*:key/*',
  'arn:aws:sqs:*:*:arrivals',
  'arn:aws:iam::*:role/*',
];
const principalElements = [
  '*',
  { AWS: '*' },
  { AWS: userArn },
  { AWS: roleArn },
  { AWS: sessionArn },
  { AWS: accountId },
  { AWS: [`arn:aws:iam::${otherAccountId}:root`, userArn] },
  { Service: 's3.amazonaws.com' },
] as const satisfies readonly NonNullable<Statement['Principal']>[];
const conditions: readonly NonNullable<Statement['Condition']>[] = [
  { Bool: { 'aws:SecureTransport': 'true' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
  { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
  { StringNotEqualsIfExists: { 'aws:SourceVpce': 'vpce-1' } },
  { StringLike: { 's3:prefix': ['incoming/*', ''] } },
  { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
  { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['a*', 'c'] } },
  { Null: { 's3:prefix': 'true' }, DateLessThan: { 'aws:CurrentTime': '2026-06-30' } },
  { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${accountId}:role/*` } },
  { NumericLessThan: { 's3:TlsVersion': '1.2' } },
];

export function randomStatement(random: Random, place: Place, effect?: Statement['Effect']): Statement {
  const some = (values: readonly string[]) =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, values));
  const namesPrincipals = place === 'resource' || place === 'endpoint';
  const isNegated = random() < 0.1;
  const condition = random() < 0.35 ? pick(random, conditions) : undefined;
  return {
    Effect: effect ?? (random() < 0.8 ? 'Allow' : 'Deny'),
    ...(namesPrincipals ? { [random() < 0.05 ? 'NotPrincipal' : 'Principal']: pick(random, principalElements) } : {}),
    ...(random() < 0.1 ? { NotAction: some(actions.slice(1)) } : { Action: some(actions) }),
    ...(isNegated ? { NotResource: some(resources.slice(1)) } : { Resource: some(resources) }),
    ...(condition ? { Condition: condition } : {}),
  };
}

export function randomAccess(random: Random): RandomAccess {
  const chances: Record<Place, number> = {
    identity: 0.8,
    boundary: 0.25,
    session: 0.25,
    scp: 0.2,
    rcp: 0.2,
    endpoint: 0.2,
    resource: 0.7,
  };
  const access: RandomAccess = {};
  for (const place of places) {
    if (random() > chances[place]) continue;
    access[place] = Array.from({ length: 1 + Math.floor(random() * 3) }, () => randomStatement(random, place));
  }
  return access;
}

export function randomRequest(random: Random): AccessRequest {
  return {
    principal: pick(random, principals),
    ...pick(random, requested),
    resourceAccountId: random() < 0.7 ? accountId : otherAccountId,
    context: {
      'aws:SecureTransport': random() < 0.8 ? 'true' : 'false',
      ...(random() < 0.5 ? { 'aws:SourceIp': pick(random, ['203.0.113.9', '198.51.100.1', '2001:db8::1']) } : {}),
      ...(random() < 0.3 ? { 's3:prefix': pick(random, ['', 'incoming/', 'Incoming/']) } : {}),
      ...(random() < 0.3
        ? { 'aws:TagKeys': shuffled(random, ['a', 'b', 'c']).slice(0, Math.floor(random() * 4)) }
        : {}),
      ...(random() < 0.3 ? { 'aws:SourceVpce': pick(random, ['vpce-1', 'vpce-2']) } : {}),
      'aws:CurrentTime': pick(random, ['2026-05-01T00:00:00Z', '2026-08-01T00:00:00Z']),
      's3:TlsVersion': pick(random, ['1.1', '1.3']),
    },
  };
}
