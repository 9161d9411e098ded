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
  /** Kept alive between requests; the next request waits for one of them. 50 by default, as the SDK has it. */
  maxConnections?: number | undefined;
}

/**
 * One client per process and region. Credentials come from the SDK's standard provider chain (instance profile, ECS,
 * environment, profile with a role), never from code.
 */
export function createS3Client(options: S3ClientOptions): S3Client {
  const { silenceSeconds, maxConnections } = options;
  const milliseconds = (silenceSeconds ?? 0) * 1_000;
  const client = new S3Client({
    region: options.region,
    ...(options.endpoint ? { endpoint: options.endpoint } : {}),
    forcePathStyle: options.forcePathStyle ?? false,
    requestHandler: {
      ...(silenceSeconds === undefined
        ? {}
        : { connectionTimeout: milliseconds, requestTimeout: milliseconds, throwOnRequestTimeout: true }),
      ...(maxConnections === undefined
        ? {}
        : {
            httpAgent: { keepAlive: true, maxSockets: maxConnections },
            httpsAgent: { keepAlive: true, maxSockets: maxConnections },
          }),
    },
    retryMode: 'adaptive',
    maxAttempts: 5,
    // The default would bake the checksum of an empty body into every presigned URL, and would trailer-encode streams.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  if (silenceSeconds !== undefined) refuseSilentAnswers(client, silenceSeconds);
  return client;
}
