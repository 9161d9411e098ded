import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { z } from 'zod';
import type { AccessKey, S3Address } from './rados-gateway.ts';

const keysOfUser = z.object({
  user_id: z.string(),
  keys: z.array(z.object({ user: z.string(), access_key: z.string(), secret_key: z.string() })),
});

export interface GatewayUsers {
  /** The user's own key, made at the first call. The user may own one bucket. */
  createUser(userId: string): Promise<AccessKey>;
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
  const signer = new SignatureV4({
    service: 's3',
    region: s3.region,
    credentials: { ...s3.admin },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { hostname, port, host } = new URL(s3.endpoint);

  const request = async (method: string, query: Record<string, string>) => {
    const path = '/admin/user';
    const { headers } = await signer.sign({
      method,
      protocol: 'http:',
      hostname,
      port: Number(port),
      path,
      query,
      // For a body that is not signed; there is none.
      headers: { host, 'x-amz-content-sha256': emptySha256 },
    });
    const response = await fetch(`${s3.endpoint}${path}?${encodeQuery(query)}`, { method, headers });
    return { status: response.status, body: await response.text() };
  };

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
    createUser: (userId) => createKey(userId, userId, { 'display-name': userId, 'max-buckets': '1' }),
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

const emptySha256 = createHash('sha256').update('').digest('hex');

function encodeQuery(query: Record<string, string>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
}

function refused(method: string, response: { status: number; body: string }): Error {
  return new Error(`the gateway refused ${method} /admin/user: ${response.status} ${response.body.slice(0, 300)}`);
}

/** SHA-256 and HMAC-SHA-256 by node:crypto, in the shape the signer asks for. */
class Sha256 {
  #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(new Uint8Array(this.#hash.digest()));
  }

  reset(): void {
    throw new Error('a hash of the signer is used once');
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data);
}
