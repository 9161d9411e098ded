import type { AccessPolicies, AccessRequest, Statement } from '../../index.ts';
import { accountId, allowAll, asRole, type DocumentedCase, named, type Outcome, roleArn } from './documented-case.ts';
import { allowed, asUser, by, no, root, yes } from './setting.ts';

const gateway = (principal: Statement['Principal'] & {}, Condition?: Statement['Condition']): AccessPolicies => ({
  ...allowed,
  endpoint: {
    type: 'gateway',
    policy: named('endpoint', { ...allowAll, Principal: principal, ...(Condition ? { Condition } : {}) }),
  },
});
type GatewayRow = readonly [what: string, request: AccessRequest, policies: AccessPolicies, outcome: Outcome];
const gatewayRows: readonly GatewayRow[] = [
  ['the account', asUser, gateway({ AWS: accountId }), no],
  ["the account's root ARN", asUser, gateway({ AWS: `arn:aws:iam::${accountId}:root` }), no],
  ['the root user', by(root), gateway({ AWS: accountId }), yes],
  ['everybody', asUser, gateway('*'), yes],
  ['one role by aws:PrincipalArn', asRole, gateway('*', { ArnEquals: { 'aws:PrincipalArn': roleArn } }), yes],
  ['another role by aws:PrincipalArn', asUser, gateway('*', { ArnEquals: { 'aws:PrincipalArn': roleArn } }), no],
];

/** Whom the policy of a gateway endpoint means by an account. */
export const gatewayEndpointCases: DocumentedCase[] = gatewayRows.map(([what, request, policies, outcome]) => ({
  subject: 'VPC endpoint policy' as const,
  page: 'Control access to VPC endpoints using endpoint policies' as const,
  sentence:
    'If you specify the principal in the following format, access is granted to the AWS account root user only, not all users and roles for the account.',
  what: `gateway endpoint: ${what}`,
  policies,
  request,
  outcome,
}));
