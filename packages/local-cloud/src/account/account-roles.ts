import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  IAMServiceException,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { apiRolePolicy, assumeRoleTrustPolicy, ingestWorkerRolePolicy, type PolicyDocument } from '@hikyaku/policies';
import type { S3Address } from '../rados-gateway/rados-gateway.ts';

export const accountRoles = ['api', 'ingest-worker'] as const;
export type AccountRole = (typeof accountRoles)[number];

const inlinePolicyName = 'permissions';

export const accountRoleArn = (accountName: string, role: AccountRole) => `arn:aws:iam:::role/${accountName}-${role}`;

/** The policies are those of the deployment. */
function accountRolePolicy(role: AccountRole, options: { bucket: string; queueArn: string }): PolicyDocument {
  return role === 'api' ? apiRolePolicy(options) : ingestWorkerRolePolicy(options);
}

/** Each role may be taken on by the subuser of its own name, and by nobody else. */
export async function putAccountRoles(
  s3: S3Address,
  options: { accountName: string; ownerUserId: string; bucket: string; queueArn: string },
): Promise<void> {
  const iam = createIamClient(s3);
  try {
    for (const role of accountRoles) {
      const RoleName = `${options.accountName}-${role}`;
      const trust = assumeRoleTrustPolicy({ principalArn: `arn:aws:iam:::user/${options.ownerUserId}:${role}` });
      const AssumeRolePolicyDocument = JSON.stringify(trust);
      try {
        await iam.send(new CreateRoleCommand({ RoleName, Path: '/', AssumeRolePolicyDocument }));
      } catch (error) {
        if (!hasStatus(error, 409)) throw error;
        await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: AssumeRolePolicyDocument }));
      }
      await iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: inlinePolicyName,
          PolicyDocument: JSON.stringify(forGateway(accountRolePolicy(role, options))),
        }),
      );
    }
  } finally {
    iam.destroy();
  }
}

export async function deleteAccountRoles(s3: S3Address, accountName: string): Promise<void> {
  const iam = createIamClient(s3);
  try {
    for (const role of accountRoles) {
      const RoleName = `${accountName}-${role}`;
      try {
        await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: inlinePolicyName }));
        await iam.send(new DeleteRoleCommand({ RoleName }));
      } catch (error) {
        if (!hasStatus(error, 404)) throw error;
      }
    }
  } finally {
    iam.destroy();
  }
}

/** The gateway knows the actions of S3, IAM and STS only, and refuses a policy that names others. */
function forGateway(policy: PolicyDocument): PolicyDocument {
  return {
    ...policy,
    Statement: policy.Statement.filter((statement) => [statement.Action ?? []].flat().every(isKnownToGateway)),
  };
}

const isKnownToGateway = (action: string) => /^(s3|iam|sts):/.test(action);

function createIamClient(s3: S3Address): IAMClient {
  return new IAMClient({ endpoint: s3.endpoint, region: s3.region, credentials: { ...s3.admin } });
}

/** The gateway's answers are not shaped as IAM's, so the SDK knows none of its errors by name. */
function hasStatus(error: unknown, status: number): boolean {
  return error instanceof IAMServiceException && error.$metadata.httpStatusCode === status;
}
