import type { ResourceStatement } from '../build/build-policy.ts';

const wholeBucket = (bucket: string) => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];

/** What one role may read and write, said by the bucket: the role itself then needs nothing about S3. */
export function grantRole(options: {
  bucket: string;
  roleArn: string;
  readPrefixes?: readonly string[];
  writePrefixes?: readonly string[];
}): ResourceStatement[] {
  const { bucket, roleArn, readPrefixes = [], writePrefixes = [] } = options;
  const objects = (prefixes: readonly string[]) => prefixes.map((prefix) => `arn:aws:s3:::${bucket}/${prefix}*`);
  const statements: ResourceStatement[] = [];
  if (readPrefixes.length > 0) {
    const Resource = objects(readPrefixes);
    statements.push({
      Sid: 'RoleReads',
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: 's3:GetObject',
      Resource,
    });
  }
  if (writePrefixes.length > 0) {
    const Resource = objects(writePrefixes);
    statements.push({
      Sid: 'RoleWrites',
      Effect: 'Allow',
      Principal: { AWS: roleArn },
      Action: 's3:PutObject',
      Resource,
    });
  }
  return statements;
}

/** Refuses plain http, and TLS before 1.2. */
export function requireTls(options: { bucket: string }): ResourceStatement[] {
  const Resource = wholeBucket(options.bucket);
  const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource } as const;
  return [
    { Sid: 'DenyPlainHttp', ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'DenyOldTls', ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ];
}

/**
 * Refuses uploads that name another encryption or another key. A bucket whose default is this key encrypts what names none, so
 * those pass.
 */
export function requireKmsKey(options: { bucket: string; keyArn: string }): ResourceStatement[] {
  const { bucket, keyArn } = options;
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${bucket}/*`,
  } as const;
  return [
    {
      Sid: 'DenyOtherEncryption',
      ...deny,
      Condition: {
        StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption': 'aws:kms' },
        Null: { 's3:x-amz-server-side-encryption': 'false' },
      },
    },
    {
      Sid: 'DenyOtherKey',
      ...deny,
      Condition: {
        ArnNotEqualsIfExists: { 's3:x-amz-server-side-encryption-aws-kms-key-id': keyArn },
        Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
      },
    },
  ];
}

/**
 * Refuses everybody who comes neither through one of the endpoints nor from one of the (public) ranges; AWS services that work
 * on the account's behalf pass. Mind that it refuses the console too, from elsewhere.
 */
export function denyOutside(options: {
  bucket: string;
  vpcEndpointIds?: readonly string[];
  ipRanges?: readonly string[];
}): ResourceStatement[] {
  const { bucket, vpcEndpointIds = [], ipRanges = [] } = options;
  if (vpcEndpointIds.length === 0 && ipRanges.length === 0) return [];
  return [
    {
      Sid: 'DenyOutside',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: wholeBucket(bucket),
      Condition: {
        ...(vpcEndpointIds.length > 0 ? { StringNotEquals: { 'aws:SourceVpce': [...vpcEndpointIds] } } : {}),
        ...(ipRanges.length > 0 ? { NotIpAddress: { 'aws:SourceIp': [...ipRanges] } } : {}),
        // Anonymous requests have neither key.
        BoolIfExists: { 'aws:ViaAWSService': 'false', 'aws:PrincipalIsAWSService': 'false' },
      },
    },
  ];
}
