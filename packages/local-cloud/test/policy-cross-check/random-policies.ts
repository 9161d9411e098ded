import type { Principal, Statement } from '@hikyaku/policies';
import type { SeededRandom } from '../../src/fault-proxy/seeded-random.ts';
import { type AttachedPolicies, type GatewayAccount, objects, sessionName, tag, userName } from './gateway-account.ts';

type Names = Pick<GatewayAccount, 'accountId' | 'bucket' | 'userArn' | 'roleArn'>;

const actions = [
  '*',
  's3:*',
  's3:Get*',
  's3:GetObject',
  's3:GetObject*',
  's3:GetObjectVersion',
  's3:GetObjectTagging',
  's3:?etObject',
  's3:getobject',
  's3:PutObject',
  's3:DeleteObject',
  's3:List*',
  's3:ListBucket',
  's3:ListBucketMultipartUploads',
  's3:GetBucketLocation',
] as const;

const resources = (bucket: string) =>
  [
    '*',
    'arn:aws:s3:::*',
    `arn:aws:s3:::${bucket}`,
    `arn:aws:s3:::${bucket}*`,
    `arn:aws:s3:::${bucket}/*`,
    `arn:aws:s3:::${bucket}/incoming/*`,
    `arn:aws:s3:::${bucket}/inc?ming/*.csv`,
    `arn:aws:s3:::${bucket}/${objects.tagged}`,
    `arn:aws:s3:::${bucket}/*/*.csv`,
    `arn:aws:s3:::${bucket}/exports/*`,
    `arn:aws:s3:::${bucket}-other/*`,
  ] as const;

type NonEmpty<Item> = readonly [Item, ...Item[]];

const principals = ({ accountId, userArn, roleArn }: Names): NonEmpty<Principal> => [
  '*',
  { AWS: '*' },
  { AWS: userArn },
  { AWS: roleArn },
  { AWS: [userArn, roleArn] },
  { AWS: `arn:aws:sts::${accountId}:assumed-role/${roleArn.split('/').at(-1)}/${sessionName}` },
  { AWS: accountId },
  { AWS: `arn:aws:iam::${accountId}:root` },
  { AWS: 'arn:aws:iam::444455556666:user/jane' },
];

/** Of each operator and key that the gateway knows something. */
const conditions = ({ accountId, roleArn }: Names): NonEmpty<NonNullable<Statement['Condition']>> => [
  { StringEquals: { 's3:prefix': 'incoming/' } },
  { StringEquals: { 's3:prefix': ['incoming/', 'exports/'] } },
  { StringNotEquals: { 's3:prefix': 'incoming/' } },
  { StringNotEquals: { 's3:prefix': ['incoming/', 'exports/'] } },
  { StringNotEqualsIfExists: { 's3:prefix': 'incoming/' } },
  { StringEqualsIfExists: { 's3:prefix': 'exports/' } },
  { StringEqualsIgnoreCase: { 's3:prefix': 'INCOMING/' } },
  { StringNotEqualsIgnoreCase: { 's3:prefix': 'INCOMING/' } },
  { StringLike: { 's3:prefix': 'incoming/*' } },
  { StringLike: { 's3:prefix': ['in*/', 'exp?rts/'] } },
  { StringNotLike: { 's3:prefix': 'incoming/*' } },
  { 'ForAnyValue:StringEquals': { 's3:prefix': ['incoming/', 'exports/'] } },
  { 'ForAllValues:StringLike': { 's3:prefix': ['incoming/*'] } },
  { Null: { 's3:prefix': 'true' } },
  { Null: { 's3:prefix': 'false' } },
  { StringEquals: { 's3:delimiter': '/' } },
  { NumericLessThanEquals: { 's3:max-keys': '10' } },
  { NumericGreaterThan: { 's3:max-keys': '10' } },
  { NumericEquals: { 's3:max-keys': ['5', '20'] } },
  { NumericNotEquals: { 's3:max-keys': '5' } },
  { StringEquals: { [`s3:ExistingObjectTag/${tag.key}`]: tag.value } },
  { StringNotEquals: { [`s3:ExistingObjectTag/${tag.key}`]: tag.value } },
  { StringEquals: { [`s3:ExistingObjectTag/${tag.key}`]: ['blue', 'green'] } },
  { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } },
  { IpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '2001:db8::/32'] } },
  { NotIpAddress: { 'aws:SourceIp': '127.0.0.1' } },
  { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24', '198.51.100.0/24'] } },
  { Bool: { 'aws:SecureTransport': 'true' } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { BoolIfExists: { 'aws:SecureTransport': 'false' } },
  { DateLessThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
  { DateGreaterThan: { 'aws:CurrentTime': '2020-01-01T00:00:00Z' } },
  { StringEquals: { 'aws:username': userName } },
  { StringNotEquals: { 'aws:username': userName } },
  { StringEquals: { 's3:prefix': '${aws:username}' } },
  { StringEquals: { 'aws:PrincipalAccount': accountId } },
  { StringLike: { 'aws:PrincipalArn': roleArn } },
  { StringEquals: { 'aws:PrincipalType': 'User' } },
  { StringEquals: { 's3:prefix': 'incoming/' }, IpAddress: { 'aws:SourceIp': '127.0.0.1/32' } },
  { StringLike: { 's3:prefix': 'incoming/*' }, NumericLessThan: { 's3:max-keys': '10' } },
];

/** As many Allows as Denies can be seen through; every element of the language that the gateway reads. */
export function randomPolicies(random: SeededRandom, names: Names): AttachedPolicies {
  const chance = (share: number) => random.fraction() < share;
  const some = <Item>(items: NonEmpty<Item>, most: number) =>
    Array.from({ length: random.integer(1, most) }, () => random.pick(items));

  const statement = (isOfBucket: boolean): Statement => {
    const Effect = chance(0.75) ? 'Allow' : 'Deny';
    const isNegated = isOfBucket && Effect === 'Deny' && chance(0.15);
    const condition = chance(0.4) ? random.pick(conditions(names)) : undefined;
    return {
      Effect,
      ...(isOfBucket ? { [isNegated ? 'NotPrincipal' : 'Principal']: random.pick(principals(names)) } : {}),
      [chance(0.06) ? 'NotAction' : 'Action']: some(actions, 3),
      [chance(0.08) ? 'NotResource' : 'Resource']: some(resources(names.bucket), 3),
      ...(condition ? { Condition: condition } : {}),
    };
  };
  const statements = (isOfBucket: boolean, least: number) =>
    Array.from({ length: random.integer(least, 3) }, () => statement(isOfBucket));
  return {
    identity: chance(0.8) ? statements(false, 1) : [],
    bucket: chance(0.85) ? statements(true, 1) : [],
    session: statements(false, 1),
  };
}
