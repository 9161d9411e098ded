import type { AnyPolicyDocument } from '../policy/document-of.ts';
import type { Attachment } from './attachment.ts';

/** A resource of Terraform's AWS provider; `name` is what the file calls it: letters, digits, `_` and `-`. */
export function toTerraform(document: AnyPolicyDocument, options: { name: string; attachment: Attachment }): string {
  const { name, attachment } = options;
  const policy = `jsonencode(${hcl(document)})`;
  const body = (type: string, properties: readonly (readonly [string, string])[]) =>
    `resource "${type}" "${name}" {\n${properties.map(([key, value]) => `  ${key} = ${value}\n`).join('')}}\n`;
  switch (attachment.kind) {
    case 'bucket':
      return body('aws_s3_bucket_policy', [
        ['bucket', hcl(attachment.bucket)],
        ['policy', policy],
      ]);
    case 'queue':
      return body('aws_sqs_queue_policy', [
        ['queue_url', hcl(attachment.queueUrl)],
        ['policy', policy],
      ]);
    case 'trust':
      return body('aws_iam_role', [
        ['name', hcl(attachment.roleName)],
        ['assume_role_policy', policy],
      ]);
    case 'service-control':
      return body('aws_organizations_policy', [
        ['name', hcl(attachment.policyName)],
        ['type', hcl('SERVICE_CONTROL_POLICY')],
        ['content', policy],
      ]);
    default:
      return body('aws_iam_policy', [
        ['name', hcl(name)],
        ['policy', policy],
      ]);
  }
}

/** HCL reads JSON's objects as they are; only `${` and `%{` would begin a template of its own, so they are doubled. */
function hcl(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{')
    .replaceAll('\n', '\n  ');
}
