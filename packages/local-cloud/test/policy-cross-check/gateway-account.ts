import { randomInt } from 'node:crypto';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  IAMClient,
  IAMServiceException,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { RequestPrincipal, Statement } from '@hikyaku/policies';
import { createGatewayUsers } from '../../src/rados-gateway/gateway-users.ts';
import type { AccessKey, S3Address } from '../../src/rados-gateway/rados-gateway.ts';
import { type SignedRequest, signedRequests } from '../../src/rados-gateway/signed-request.ts';

/** Everything that may be attached where the gateway asks it. An empty list is no policy at all. */
export interface AttachedPolicies {
  /** Of the user and of the role alike. */
  identity: readonly Statement[];
  bucket: readonly Statement[];
  /** Passed when the session of `session-with-policy` is begun. */
  session: readonly Statement[];
}

export const callers = ['user', 'session', 'session-with-policy', 'anonymous'] as const;
export type Caller = (typeof callers)[number];

/** A user, a role and a bucket of another user, in an account with a number as AWS's have. */
export interface GatewayAccount {
  accountId: string;
  bucket: string;
  userArn: string;
  roleArn: string;
  /** The version of `there`. */
  versionId: string;
  /** As our evaluator knows them. */
  principals: Record<Caller, RequestPrincipal>;
  attach(policies: AttachedPolicies): Promise<void>;
  /** What the gateway answers: `path` goes below the bucket. */
  ask(caller: Caller, request: Omit<SignedRequest, 'path'> & { key?: string }): Promise<number>;
  /** Makes an object the owner's again: the gateway has ACLs, by which what a user wrote stays theirs. */
  takeBack(key: string): Promise<void>;
  delete(): Promise<void>;
}

/** Objects that are there. The first has a tag; the second has none. */
export const objects = { tagged: 'incoming/a.csv', plain: 'exports/b.csv' } as const;
export const tag = { key: 'team', value: 'red' } as const;

/** Who takes the role on. */
export const userName = 'Jane';
const policyName = 'random';
export const sessionName = 'nightly';

/**
 * The gateway takes a tenant's name for an account's number, and there users, roles and buckets get the very ARNs of AWS.
 * https://docs.ceph.com/en/pacific/radosgw/multitenancy/
 */
export async function createGatewayAccount(
  s3: S3Address,
  options: { accountId?: string; keys?: readonly string[] } = {},
): Promise<GatewayAccount> {
  const { accountId = String(randomInt(100_000_000_000, 999_999_999_999)), keys = [] } = options;
  const users = createGatewayUsers(s3);
  const [ownerId, userId] = [`${accountId}$owner`, `${accountId}$${userName}`];
  const owner = await users.createUser(ownerId, { capabilities: 'roles=*;user-policy=*' });
  const user = await users.createUser(userId);
  const clientOptions = (key: AccessKey) => ({
    endpoint: s3.endpoint,
    region: s3.region,
    credentials: { ...key },
    maxAttempts: 1,
  });
  const iam = new IAMClient(clientOptions(owner));
  const sts = new STSClient(clientOptions(user));

  // Buckets and roles belong to the account: another may have some of the same name.
  const bucket = 'files';
  const userArn = `arn:aws:iam::${accountId}:user/${userName}`;
  const RoleName = 'Reader';
  const roleArn = `arn:aws:iam::${accountId}:role/${RoleName}`;
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: '/',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: [userArn] }, Action: ['sts:AssumeRole'] }],
      }),
    }),
  );

  const asOwner = signedRequests({ ...s3, credentials: owner });
  const asAdmin = signedRequests({ ...s3, credentials: s3.admin });
  const must = async (request: SignedRequest, expected: readonly number[], ask = asOwner) => {
    const answer = await ask(request);
    if (!expected.includes(answer.status))
      throw new Error(`${request.method} ${request.path}: ${answer.status} ${answer.body}`);
    return answer;
  };
  const path = `/${bucket}`;
  /** Gives the version of what is tagged. */
  const createBucket = async () => {
    await must({ method: 'PUT', path }, [200]);
    await must({ method: 'PUT', path, query: { versioning: '' }, body: versioned }, [200]);
    for (const key of [...Object.values(objects), ...keys])
      await must({ method: 'PUT', path: `${path}/${key}`, body: 'x' }, [200]);
    await must({ method: 'PUT', path: `${path}/${objects.tagged}`, query: { tagging: '' }, body: tagging }, [200]);
    const listed = await must({ method: 'GET', path, query: { versions: '', prefix: objects.tagged } }, [200]);
    const found = /<VersionId>([^<]+)</.exec(listed.body)?.[1];
    if (!found) throw new Error(`no version of ${objects.tagged}: ${listed.body}`);
    return found;
  };
  let versionId = await createBucket();
  const putPolicy = (statements: readonly Statement[]) =>
    asOwner(
      statements.length > 0
        ? { method: 'PUT', path, query: { policy: '' }, body: documentOf(statements) }
        : { method: 'DELETE', path, query: { policy: '' } },
    );

  const takeRole = async (Policy?: string) => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        DurationSeconds: 3600,
        ...(Policy ? { Policy } : {}),
      }),
    );
    return signedRequests({
      ...s3,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      },
    });
  };
  const session = await takeRole();
  const askers: Partial<Record<Caller, ReturnType<typeof signedRequests>>> = {
    user: signedRequests({ ...s3, credentials: user }),
    session,
    'session-with-policy': session,
  };

  const asSession: RequestPrincipal = { kind: 'role-session', roleArn, sessionName };
  return {
    accountId,
    bucket,
    userArn,
    roleArn,
    get versionId() {
      return versionId;
    },
    principals: {
      user: { kind: 'user', arn: userArn },
      session: asSession,
      'session-with-policy': asSession,
      anonymous: { kind: 'anonymous' },
    },
    async attach({ identity, bucket: ofBucket, session: ofSession }) {
      const PolicyDocument = documentOf(identity);
      const names = { PolicyName: policyName };
      // The gateway reads the account into this name, other than AWS.
      const UserName = userId;
      if (identity.length > 0) {
        await iam.send(new PutRolePolicyCommand({ RoleName, ...names, PolicyDocument }));
        await iam.send(new PutUserPolicyCommand({ UserName, ...names, PolicyDocument }));
      } else {
        await unlessGone(iam.send(new DeleteRolePolicyCommand({ RoleName, ...names })));
        await unlessGone(iam.send(new DeleteUserPolicyCommand({ UserName, ...names })));
      }
      let { status } = await putPolicy(ofBucket);
      if (status === 403) {
        // The last policy locked the owner out, which AWS keeps for the root user's sake: the bucket has to be made anew.
        const query = { bucket: `${accountId}/${bucket}`, 'purge-objects': 'true' };
        await must({ method: 'DELETE', path: '/admin/bucket', query }, [200], asAdmin);
        versionId = await createBucket();
        ({ status } = await putPolicy(ofBucket));
      }
      if (status >= 300 && status !== 404)
        throw new Error(`the policy was answered with ${status}: ${documentOf(ofBucket)}`);
      askers['session-with-policy'] = await takeRole(ofSession.length > 0 ? documentOf(ofSession) : undefined);
    },
    async ask(caller, { key, ...request }) {
      const asker = askers[caller];
      const below = key === undefined ? '' : `/${key}`;
      if (asker) return (await asker({ ...request, path: `${path}${below}` })).status;
      // Without a key nobody says which account's bucket is meant.
      const url = new URL(`${s3.endpoint}/${accountId}:${bucket}${below}`);
      for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
      const answer = await fetch(url, { method: request.method, ...(request.body ? { body: request.body } : {}) });
      await answer.arrayBuffer();
      return answer.status;
    },
    async takeBack(key) {
      await must({ method: 'PUT', path: `${path}/${key}`, body: 'x' }, [200, 403]);
    },
    async delete() {
      await unlessGone(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: policyName })));
      await unlessGone(iam.send(new DeleteRoleCommand({ RoleName })));
      iam.destroy();
      sts.destroy();
      await users.deleteUser(ownerId);
      await users.deleteUser(userId);
    },
  };
}

const versioned = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
const tagging = `<Tagging><TagSet><Tag><Key>${tag.key}</Key><Value>${tag.value}</Value></Tag></TagSet></Tagging>`;

function documentOf(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

async function unlessGone(done: Promise<unknown>): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!(error instanceof IAMServiceException) || error.$metadata.httpStatusCode !== 404) throw error;
  }
}
