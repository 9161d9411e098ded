import { expect, test } from 'vitest';
import { identityPolicy } from '../build/build-policy.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import { documentOf } from '../policy/document-of.ts';
import { ec2ReaderTemplate } from './ec2-reader-template.ts';
import { toCdk } from './to-cdk.ts';
import { toCloudFormation } from './to-cloud-formation.ts';
import { toJson } from './to-json.ts';
import { toTerraform } from './to-terraform.ts';

const document = identityPolicy({
  Sid: 'Own',
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::files/${aws:username}/日報 "%{x}"/*',
});

test('JSON comes back as the same policy', () => {
  const { policy } = policyFrom(JSON.parse(toJson(document)));
  expect(policy && documentOf(policy)).toEqual(document);
});

test('Terraform gets the same policy, with nothing that it would take for a template of its own', () => {
  const text = toTerraform(document, { name: 'own', attachment: { kind: 'bucket', bucket: 'files' } });
  expect(text).toMatch(/^resource "aws_s3_bucket_policy" "own" \{\n  bucket = "files"\n  policy = jsonencode\(\{\n/);
  const json = text.slice(text.indexOf('jsonencode(') + 'jsonencode('.length, text.lastIndexOf(')'));
  expect(json.match(/[^$]\$\{|[^%]%\{/)).toBeNull();
  expect(JSON.parse(json.replaceAll('$${', '${').replaceAll('%%{', '%{'))).toEqual(document);
});

test.each([
  [{ kind: 'identity' }, 'aws_iam_policy', 'AWS::IAM::ManagedPolicy'],
  [{ kind: 'bucket', bucket: 'files' }, 'aws_s3_bucket_policy', 'AWS::S3::BucketPolicy'],
  [{ kind: 'queue', queueUrl: 'https://sqs.example/1/q' }, 'aws_sqs_queue_policy', 'AWS::SQS::QueuePolicy'],
  [{ kind: 'service-control', policyName: 'own' }, 'aws_organizations_policy', 'AWS::Organizations::Policy'],
  [{ kind: 'trust', roleName: 'reader' }, 'aws_iam_role', 'AWS::IAM::Role'],
] as const)('%o has its own kind of resource', (attachment, terraform, cloudFormation) => {
  expect(toTerraform(document, { name: 'own', attachment })).toContain(`resource "${terraform}" "own"`);
  const [resource] = Object.values(toCloudFormation(document, { logicalId: 'Own', attachment }).Resources);
  expect(resource?.Type).toBe(cloudFormation);
  expect(Object.values(resource?.Properties ?? {})).toContainEqual(document);
});

test('the CDK gets the same policy', () => {
  const text = toCdk(document, { name: 'ownFiles' });
  expect(text).toMatch(
    /^import \{ PolicyDocument \} from 'aws-cdk-lib\/aws-iam';\n\nexport const ownFiles = PolicyDocument\.fromJson\(/,
  );
  expect(JSON.parse(text.slice(text.indexOf('fromJson(') + 'fromJson('.length, text.lastIndexOf(')')))).toEqual(
    document,
  );
});

test('the EC2 reader is whole, and every reference in it leads somewhere', () => {
  const keyArn = 'arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd';
  const bare = ec2ReaderTemplate({ bucket: 'files', prefix: 'incoming/' });
  expect(Object.values(bare.Resources).map(({ Type }) => Type)).toEqual([
    'AWS::IAM::Role',
    'AWS::IAM::InstanceProfile',
  ]);
  expect(JSON.stringify(bare)).not.toContain('kms:');
  const whole = ec2ReaderTemplate({
    bucket: 'files',
    prefix: 'incoming/',
    keyArn,
    instance: { imageId: 'ami-1', instanceType: 't3.small', vpcId: 'vpc-1', subnetId: 'subnet-1' },
  });
  const text = JSON.stringify(whole);
  expect(text).toContain(keyArn);
  expect(Object.keys(whole.Resources)).toEqual([
    'ReaderRole',
    'ReaderInstanceProfile',
    'ReaderSecurityGroup',
    'ReaderInstance',
  ]);
  const references = [...text.matchAll(/\{"Ref":"(\w+)"\}|\{"Fn::GetAtt":\["(\w+)"/g)].map(
    ([, one, other]) => one ?? other ?? '',
  );
  expect(references.length).toBeGreaterThan(0);
  for (const reference of references) expect(Object.keys(whole.Resources)).toContain(reference);
});
