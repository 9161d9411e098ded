import type { IdentityStatement, TrustStatement } from '../build/build-policy.ts';

/** A part of a bucket: `incoming/`, or all of it with an empty prefix. */
export interface BucketPart {
  bucket: string;
  prefix: string;
}

const objectsOf = ({ bucket, prefix }: BucketPart) => `arn:aws:s3:::${bucket}/${prefix}*`;

/** Lists what begins with the prefix and reads it: what an EC2 instance needs to fetch its files. */
export function readOnly(part: BucketPart): IdentityStatement[] {
  const { bucket, prefix } = part;
  return [
    {
      Sid: 'ListPrefix',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: `arn:aws:s3:::${bucket}`,
      ...(prefix ? { Condition: { StringLike: { 's3:prefix': `${prefix}*` } } } : {}),
    },
    { Sid: 'ReadPrefix', Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objectsOf(part) },
  ];
}

/** Sends files, in parts too, and can neither list nor read nor delete what is there. */
export function uploadOnly(part: BucketPart): IdentityStatement[] {
  return [
    {
      Sid: 'UploadToPrefix',
      Effect: 'Allow',
      Action: ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      Resource: objectsOf(part),
    },
  ];
}

/** Works off a queue outside of AWS: messages, the objects they tell of, and the key these are encrypted with. */
export function onPremisesWorker(options: BucketPart & { queueArn: string; keyArn: string }): IdentityStatement[] {
  return [
    {
      Sid: 'WorkOffQueue',
      Effect: 'Allow',
      Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      Resource: options.queueArn,
    },
    { Sid: 'ReadObjects', Effect: 'Allow', Action: 's3:GetObject', Resource: objectsOf(options) },
    { Sid: 'DecryptObjects', Effect: 'Allow', Action: 'kms:Decrypt', Resource: options.keyArn },
  ];
}

/** A Lambda function whose reads and writes are granted by the bucket (`grantRole`): it only writes its log. */
export function logsOnly(options: { logGroupArn: string }): IdentityStatement[] {
  return [
    {
      Sid: 'WriteLog',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: `${options.logGroupArn}:*`,
    },
  ];
}

/** Reads only objects that carry a tag. Whoever may tag objects decides who reads them: give `s3:PutObjectTagging` to few. */
export function readTagged(options: BucketPart & { tag: string; value: string }): IdentityStatement[] {
  return [
    {
      Sid: 'ReadTagged',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: objectsOf(options),
      Condition: { StringEquals: { [`s3:ExistingObjectTag/${options.tag}`]: options.value } },
    },
  ];
}

/** The service that takes the role on: `ec2.amazonaws.com`, `lambda.amazonaws.com`, `ecs-tasks.amazonaws.com`. */
export function trustService(service: string): TrustStatement[] {
  return [{ Sid: 'ServiceTakesRoleOn', Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }];
}
