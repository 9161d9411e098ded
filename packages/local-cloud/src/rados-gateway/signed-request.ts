import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface SignedRequest {
  method: string;
  /** As it is sent: already encoded. */
  path: string;
  query?: Record<string, string>;
  body?: string;
}

/** What the SDK has no command for, or where its answers would only be in the way: signed as S3's, answered with the status. */
export function signedRequests(options: {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}): (request: SignedRequest) => Promise<{ status: number; body: string }> {
  const { endpoint, region, credentials } = options;
  const signer = new SignatureV4({
    service: 's3',
    region,
    credentials: { ...credentials },
    sha256: Sha256,
    uriEscapePath: false,
  });
  const { hostname, port, host } = new URL(endpoint);
  return async ({ method, path, query = {}, body }) => {
    const { headers } = await signer.sign({
      method,
      protocol: 'http:',
      hostname,
      port: Number(port),
      path,
      query,
      headers: { host, 'x-amz-content-sha256': sha256(body ?? '') },
    });
    const response = await fetch(`${endpoint}${path}?${encodeQuery(query)}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: await response.text() };
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function encodeQuery(query: Record<string, string>): string {
  return Object.entries(query)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
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
