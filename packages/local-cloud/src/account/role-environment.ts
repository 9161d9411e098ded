import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqsAddress } from '../fauxqs-queue/fauxqs-queue.ts';
import { writeSecretFile } from '../process/secret-file.ts';
import type { AccessKey, S3Address } from '../rados-gateway/rados-gateway.ts';
import { type AccountRole, accountRoleArn } from './account-roles.ts';

/** How long a session under a role lasts; the SDK takes a new one before it ends. The gateway's longest is 43,200 s. */
const sessionSeconds = 3600;

const roleFolder = (dataFolder: string, accountName: string, role: AccountRole) =>
  join(dataFolder, 'accounts', accountName, role);

/**
 * Two files as `aws configure` writes them: a base key that may only take the role on, and a profile that does. So a program
 * uses the SDK's default credential chain here as it does in AWS.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
 */
export async function writeRoleProfile(options: {
  dataFolder: string;
  accountName: string;
  role: AccountRole;
  region: string;
  baseKey: AccessKey;
}): Promise<void> {
  const folder = roleFolder(options.dataFolder, options.accountName, options.role);
  const profile = profileName(options.role);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeSecretFile(
    join(folder, 'credentials'),
    `[${profile}-base]
aws_access_key_id = ${options.baseKey.accessKeyId}
aws_secret_access_key = ${options.baseKey.secretAccessKey}
`,
  );
  await writeSecretFile(
    join(folder, 'config'),
    `[profile ${profile}-base]
region = ${options.region}

[profile ${profile}]
region = ${options.region}
role_arn = ${accountRoleArn(options.accountName, options.role)}
source_profile = ${profile}-base
role_session_name = ${options.role}
duration_seconds = ${sessionSeconds}
`,
  );
}

/** For a process that runs under the role: standard variables of the AWS SDKs, and the address style buckets have here. */
export function roleEnvironment(options: {
  dataFolder: string;
  accountName: string;
  role: AccountRole;
  s3: S3Address;
  sqs: SqsAddress;
}): Record<string, string> {
  const folder = roleFolder(options.dataFolder, options.accountName, options.role);
  return {
    AWS_REGION: options.s3.region,
    AWS_ENDPOINT_URL_S3: options.s3.endpoint,
    AWS_ENDPOINT_URL_STS: options.s3.endpoint,
    AWS_ENDPOINT_URL_SQS: options.sqs.endpoint,
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
    AWS_PROFILE: profileName(options.role),
    // Nothing here is an EC2 instance; asking would only cost a timeout.
    AWS_EC2_METADATA_DISABLED: 'true',
    S3_FORCE_PATH_STYLE: 'true',
    S3_BROWSER_ENDPOINT: options.s3.browserEndpoint,
  };
}

export async function deleteRoleProfiles(dataFolder: string, accountName: string): Promise<void> {
  await rm(join(dataFolder, 'accounts', accountName), { recursive: true, force: true });
}

const profileName = (role: AccountRole) => `hikyaku-${role}`;
