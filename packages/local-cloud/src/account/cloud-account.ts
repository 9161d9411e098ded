import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { incomingPrefix } from '@hikyaku/policies';
import type { LocalCloudAddresses } from '../addresses.ts';
import { deleteEventRule, putEventRule } from '../event-bridge/change-event-rules.ts';
import { LocalCloudError } from '../local-cloud-error.ts';
import type { PartName } from '../part.ts';
import { createGatewayUsers } from '../rados-gateway/gateway-users.ts';
import type { AccessKey, S3Address } from '../rados-gateway/rados-gateway.ts';
import { putAccountBucket } from './account-bucket.ts';
import { accountQueues, deleteAccountQueues, putAccountQueues } from './account-queues.ts';
import { type AccountRole, accountRoles, deleteAccountRoles, putAccountRoles } from './account-roles.ts';
import { deleteRoleProfiles, roleEnvironment, writeRoleProfile } from './role-environment.ts';

/** Like a small AWS account: one versioned bucket, its event rule, a queue with a dead-letter queue, and two roles. */
export interface CloudAccount {
  name: string;
  bucket: string;
  region: string;
  queueUrl: string;
  queueArn: string;
  deadLetterQueueUrl: string;
  deadLetterQueueArn: string;
  /** The bucket owner's key, for tests and tools; neither api nor worker ever gets it. */
  owner: AccessKey;
  /** What a process under the role needs in its environment, for the SDK's default credential chain. */
  environment(role: AccountRole): Record<string, string>;
  /** Writes an object as the bucket's owner: what a foreign client does that knows nothing of us. */
  putObject(key: string, body: string | Uint8Array): Promise<void>;
  /** Deletes all of it, every version of every object too. */
  delete(): Promise<void>;
}

export interface CreateAccountOptions {
  /** Letters, digits and hyphens; queues, roles and the owner are named after it. */
  name: string;
  bucket: string;
  /** Where browsers may upload from, for instance `http://localhost:3000`. */
  corsOrigins: readonly string[];
}

/** Finds what exists and makes the rest, so every start may call it. Works from any process that holds the addresses. */
export async function createCloudAccount(
  addresses: LocalCloudAddresses,
  options: CreateAccountOptions,
): Promise<CloudAccount> {
  const { dataFolder } = addresses;
  const [s3, sqs, events] = [need(addresses, 's3'), need(addresses, 'sqs'), need(addresses, 'events')];
  const { name, bucket } = options;
  const users = createGatewayUsers(s3);
  const owner = await users.createUser(name);

  const putRoles = async (queueArn: string) => {
    for (const role of accountRoles) {
      const baseKey = await users.createSubuser(name, role);
      await writeRoleProfile({ dataFolder, accountName: name, role, region: s3.region, baseKey });
    }
    await putAccountRoles(s3, { accountName: name, ownerUserId: name, bucket, queueArn });
  };

  const { queueArn } = accountQueues(sqs, name);
  const ruleName = `${name}-incoming`;
  const [queues] = await Promise.all([
    putAccountQueues(sqs, name),
    putRoles(queueArn),
    withOwnersClient(s3, owner, (client) => putAccountBucket(client, { ...options, withEvents: true })),
    putEventRule(events, { name: ruleName, bucket, keyPrefix: incomingPrefix, targetQueueArn: queueArn }),
  ]);

  return {
    name,
    bucket,
    region: s3.region,
    queueUrl: queues.queueUrl,
    queueArn,
    deadLetterQueueUrl: queues.deadLetterQueueUrl,
    deadLetterQueueArn: queues.deadLetterQueueArn,
    owner,
    environment: (role) => roleEnvironment({ dataFolder, accountName: name, role, s3, sqs }),
    putObject: (key, body) =>
      withOwnersClient(s3, owner, async (client) => {
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      }),
    async delete() {
      await deleteEventRule(events, ruleName);
      await deleteAccountRoles(s3, name);
      await users.deleteUser(name);
      await deleteAccountQueues(sqs, name);
      await deleteRoleProfiles(dataFolder, name);
    },
  };
}

function need<Name extends PartName>(
  addresses: LocalCloudAddresses,
  part: Name,
): NonNullable<LocalCloudAddresses[Name]> {
  const address = addresses[part];
  if (address !== undefined) return address;
  throw new LocalCloudError('part-missing', `An account needs the part ${part}, which this local cloud does not run.`, {
    part,
  });
}

async function withOwnersClient<Result>(
  s3: S3Address,
  owner: AccessKey,
  use: (client: S3Client) => Promise<Result>,
): Promise<Result> {
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: s3.region,
    // The SDK writes into the object it is given.
    credentials: { ...owner },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
