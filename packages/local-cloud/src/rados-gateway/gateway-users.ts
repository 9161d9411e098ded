import { z } from 'zod';
import type { AccessKey, S3Address } from './rados-gateway.ts';
import { signedRequests } from './signed-request.ts';

const keysOfUser = z.object({
  user_id: z.string(),
  keys: z.array(z.object({ user: z.string(), access_key: z.string(), secret_key: z.string() })),
});

export interface GatewayUsers {
  /**
   * The user's own key, made at the first call. The user may own one bucket. `capabilities` are those of the gateway's
   * administration, such as `roles=*`.
   */
  createUser(userId: string, options?: { capabilities?: string }): Promise<AccessKey>;
  /**
   * A key that stands for a part of the user: it may do nothing by itself, but a role's trust policy can name it as
   * `arn:aws:iam:::user/<user>:<subuser>`, and what it does under that role belongs to the user.
   *
   * Two things this version lets it do all the same: list the names of its user's buckets, and change their notifications,
   * which are guarded by ownership alone.
   */
  createSubuser(userId: string, subuser: string): Promise<AccessKey>;
  /** With all buckets, every version in them and every upload begun; does nothing when the user is gone. */
  deleteUser(userId: string): Promise<void>;
}

/**
 * The gateway's own administration API, since its IAM API of this version knows roles but no users.
 * https://docs.ceph.com/en/pacific/radosgw/adminops/
 */
export function createGatewayUsers(s3: S3Address): GatewayUsers {
  const ask = signedRequests({ ...s3, credentials: s3.admin });
  const request = (method: string, query: Record<string, string>) => ask({ method, path: '/admin/user', query });

  const keyOf = async (userId: string, name: string): Promise<AccessKey | undefined> => {
    const found = await request('GET', { uid: userId, format: 'json' });
    if (found.status === 404) return undefined;
    if (found.status !== 200) throw refused('GET', found);
    const key = keysOfUser.parse(JSON.parse(found.body)).keys.find(({ user }) => user === name);
    return key && { accessKeyId: key.access_key, secretAccessKey: key.secret_key };
  };

  const createKey = async (userId: string, name: string, query: Record<string, string>): Promise<AccessKey> => {
    const existing = await keyOf(userId, name);
    if (existing !== undefined) return existing;
    const created = await request('PUT', { uid: userId, format: 'json', ...query });
    if (created.status !== 200) throw refused('PUT', created);
    const key = await keyOf(userId, name);
    if (key === undefined) throw new Error(`the gateway made no key for ${name}`);
    return key;
  };

  return {
    // A subuser may create buckets for its user, unless there is no room for another.
    createUser: (userId, { capabilities } = {}) =>
      createKey(userId, userId, {
        'display-name': userId,
        'max-buckets': '1',
        ...(capabilities ? { 'user-caps': capabilities } : {}),
      }),
    createSubuser: (userId, subuser) =>
      createKey(userId, `${userId}:${subuser}`, {
        subuser: `${userId}:${subuser}`,
        'key-type': 's3',
        'generate-secret': 'true',
      }),
    async deleteUser(userId) {
      const deleted = await request('DELETE', { uid: userId, 'purge-data': 'true' });
      if (deleted.status !== 200 && deleted.status !== 404) throw refused('DELETE', deleted);
    },
  };
}

function refused(method: string, response: { status: number; body: string }): Error {
  return new Error(`the gateway refused ${method} /admin/user: ${response.status} ${response.body.slice(0, 300)}`);
}
