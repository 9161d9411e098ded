import type { AnyPolicyDocument } from '../policy/document-of.ts';

/** A constant of TypeScript for the AWS CDK; `name` has to be an identifier. */
export function toCdk(document: AnyPolicyDocument, options: { name: string }): string {
  return `import { PolicyDocument } from 'aws-cdk-lib/aws-iam';

export const ${options.name} = PolicyDocument.fromJson(${JSON.stringify(document, null, 2)});
`;
}
