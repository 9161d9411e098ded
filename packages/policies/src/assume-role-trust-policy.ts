import { trustPolicy } from './build/build-policy.ts';
import type { PolicyDocument } from './policy-document.ts';

/**
 * Who may take a role on: one named principal, nobody else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function assumeRoleTrustPolicy(options: { principalArn: string }): PolicyDocument {
  return trustPolicy({ Effect: 'Allow', Principal: { AWS: [options.principalArn] }, Action: ['sts:AssumeRole'] });
}
