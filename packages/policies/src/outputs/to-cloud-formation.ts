import type { AnyPolicyDocument } from '../policy/document-of.ts';
import type { Attachment } from './attachment.ts';

export interface CloudFormationResource {
  Type: string;
  Properties: Readonly<Record<string, unknown>>;
}
export interface CloudFormationTemplate {
  AWSTemplateFormatVersion: '2010-09-09';
  Description?: string;
  Resources: Readonly<Record<string, CloudFormationResource>>;
  Outputs?: Readonly<Record<string, { Value: unknown; Description: string }>>;
}

/** A template with this one policy; `logicalId` is letters and digits. */
export function toCloudFormation(
  document: AnyPolicyDocument,
  options: { logicalId: string; attachment: Attachment },
): CloudFormationTemplate {
  const { logicalId, attachment } = options;
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: { [logicalId]: resourceOf(document, attachment) } };
}

function resourceOf(PolicyDocument: AnyPolicyDocument, attachment: Attachment): CloudFormationResource {
  switch (attachment.kind) {
    case 'bucket':
      return { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: attachment.bucket, PolicyDocument } };
    case 'queue':
      return { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [attachment.queueUrl], PolicyDocument } };
    case 'trust':
      return {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: attachment.roleName, AssumeRolePolicyDocument: PolicyDocument },
      };
    case 'service-control':
      return {
        Type: 'AWS::Organizations::Policy',
        Properties: { Name: attachment.policyName, Type: 'SERVICE_CONTROL_POLICY', Content: PolicyDocument },
      };
    default:
      return { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument } };
  }
}
