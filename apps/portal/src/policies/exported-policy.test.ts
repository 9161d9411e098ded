import { parsePolicy } from '@hikyaku/policies';
import { expect, test } from 'vitest';
import { exportedPolicy, exportFormsOf } from './exported-policy.ts';

const { policy } = parsePolicy(
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::files/*' }],
  }),
);
if (!policy) throw new Error('it is a policy');

test.each([
  ['identity', 'AWS::IAM::ManagedPolicy', 'aws_iam_policy'],
  ['boundary', 'AWS::IAM::ManagedPolicy', 'aws_iam_policy'],
  ['bucket', 'AWS::S3::BucketPolicy', 'aws_s3_bucket_policy'],
  ['scp', 'AWS::Organizations::Policy', 'aws_organizations_policy'],
] as const)('one of %s becomes what it is attached as', (name, cloudFormation, terraform) => {
  expect(exportFormsOf(name)).toEqual(['json', 'cloudFormation', 'cdk', 'terraform']);
  expect(exportedPolicy('cloudFormation', name, policy)).toContain(`"Type": "${cloudFormation}"`);
  expect(exportedPolicy('terraform', name, policy)).toContain(`resource "${terraform}"`);
});

test('one of a session is JSON alone: it is no resource', () => {
  expect(exportFormsOf('session')).toEqual(['json']);
  expect(JSON.parse(exportedPolicy('json', 'session', policy))).toMatchObject({ Statement: [{ Action: 's3:*' }] });
});
