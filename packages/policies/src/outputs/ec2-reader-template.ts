import { identityPolicy, trustPolicy } from '../build/build-policy.ts';
import { readOnly, trustService } from '../presets/identity-presets.ts';
import type { CloudFormationResource, CloudFormationTemplate } from './to-cloud-formation.ts';

export interface Ec2ReaderOptions {
  bucket: string;
  /** What of the bucket is read; all of it with an empty prefix. */
  prefix: string;
  /** Of the bucket's key, where it is encrypted with one. */
  keyArn?: string;
  /** An instance to go with it, in a security group that lets nothing in and only https out. */
  instance?: { imageId: string; instanceType: string; vpcId: string; subnetId: string };
}

/**
 * Everything an EC2 instance needs to read from a bucket without keys on it: role, trust, the CloudWatch agent's policy,
 * instance profile, and on request instance and security group. Instance metadata is version 2 only.
 */
export function ec2ReaderTemplate(options: Ec2ReaderOptions): CloudFormationTemplate {
  const { instance } = options;
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Reads s3://${options.bucket}/${options.prefix} from EC2 without access keys.`,
    Resources: { ...roleResources(options), ...(instance ? instanceResources(instance) : {}) },
    Outputs: {
      RoleArn: {
        Description: 'For the bucket policy, if another account owns the bucket.',
        Value: { 'Fn::GetAtt': ['ReaderRole', 'Arn'] },
      },
      InstanceProfileName: {
        Description: 'Attach it to instances that read.',
        Value: { Ref: 'ReaderInstanceProfile' },
      },
    },
  };
}

function roleResources({ bucket, prefix, keyArn }: Ec2ReaderOptions): Record<string, CloudFormationResource> {
  const decrypt = { Sid: 'DecryptObjects', Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn ?? '' } as const;
  return {
    ReaderRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trustPolicy(...trustService('ec2.amazonaws.com')),
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy'],
        Policies: [
          {
            PolicyName: 'ReadFiles',
            PolicyDocument: identityPolicy(...readOnly({ bucket, prefix }), ...(keyArn === undefined ? [] : [decrypt])),
          },
        ],
      },
    },
    ReaderInstanceProfile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'ReaderRole' }] } },
  };
}

function instanceResources(
  instance: NonNullable<Ec2ReaderOptions['instance']>,
): Record<string, CloudFormationResource> {
  const { imageId, instanceType, vpcId, subnetId } = instance;
  return {
    ReaderSecurityGroup: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        GroupDescription: 'Nothing in, https out.',
        VpcId: vpcId,
        SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, CidrIp: '0.0.0.0/0' }],
      },
    },
    ReaderInstance: {
      Type: 'AWS::EC2::Instance',
      Properties: {
        ImageId: imageId,
        InstanceType: instanceType,
        SubnetId: subnetId,
        IamInstanceProfile: { Ref: 'ReaderInstanceProfile' },
        SecurityGroupIds: [{ 'Fn::GetAtt': ['ReaderSecurityGroup', 'GroupId'] }],
        MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      },
    },
  };
}
