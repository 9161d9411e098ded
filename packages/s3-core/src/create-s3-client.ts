import http from 'node:http';
import https from 'node:https';
import { S3Client } from '@aws-sdk/client-s3';
import { refuseSilentAnswers } from './refuse-silent-answers.ts';

export interface S3ClientOptions {
  region: string;
  /** Only where it isn't AWS itself. */
  endpoint?: string | undefined;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`; S3-compatible stores often need it. */
  forcePathStyle?: boolean | undefined;
  /**
   * How long to wait for a connection, for the answer to a request to begin and, but for an object's bytes, to end: without it, for ever. Not for clients that
   * send large bodies, whose answers begin when all of it has arrived.
   */
  silenceSeconds?: number | undefined;
  /**
   * How long to wait for a connection, and for anything to move on it, either way: for clients that send large bodies and read
   * none, for whoever reads slowly lets a connection stand.
   */
  idleSeconds?: number | undefined;
  /** Kept alive between requests; the next request waits for one of them. 50 by default, as the SDK has it. */
  maxConnections?: number | undefined;
  /**
   * With it what its `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` say is done.
   * https://nodejs.org/api/http.html#built-in-proxy-support
   */
  proxyEnv?: NodeJS.ProcessEnv | undefined;
}

/**
 * One client per process and region. Credentials come from the SDK's standard provider chain (instance profile, ECS,
 * environment, profile with a role), never from code.
 */
export function createS3Client(options: S3ClientOptions): S3Client {
  const { silenceSeconds } = options;
  const client = new S3Client({
    region: options.region,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    forcePathStyle: options.forcePathStyle ?? false,
    requestHandler: { ...timeouts(options), ...agents(options) },
    retryMode: 'adaptive',
    maxAttempts: 5,
    // The default would bake the checksum of an empty body into every presigned URL, and would trailer-encode streams.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  if (silenceSeconds !== undefined) refuseSilentAnswers(client, silenceSeconds);
  return client;
}

function timeouts({ silenceSeconds, idleSeconds }: S3ClientOptions) {
  const connectionSeconds = silenceSeconds ?? idleSeconds;
  return {
    ...(connectionSeconds === undefined ? {} : { connectionTimeout: connectionSeconds * 1_000 }),
    ...(silenceSeconds === undefined ? {} : { requestTimeout: silenceSeconds * 1_000, throwOnRequestTimeout: true }),
    ...(idleSeconds === undefined ? {} : { socketTimeout: idleSeconds * 1_000 }),
  };
}

function agents({ maxConnections, proxyEnv }: S3ClientOptions) {
  const settings = {
    keepAlive: true,
    ...(maxConnections === undefined ? {} : { maxSockets: maxConnections }),
    ...(proxyEnv ? { proxyEnv } : {}),
  };
  // Agents themselves: for settings alone the SDK makes another one where it asks before it sends, which knows no proxy.
  if (proxyEnv) return { httpAgent: new http.Agent(settings), httpsAgent: new https.Agent(settings) };
  return maxConnections === undefined ? {} : { httpAgent: settings, httpsAgent: settings };
}
