import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  GetObjectTaggingCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { failureOf, storageFailure } from '../errors/storage-failure.ts';
import { claimsOf } from '../integrity/claims-of.ts';
import { planVerification } from '../integrity/plan-verification.ts';
import { refuseSilence } from '../refuse-silence.ts';
import { metadataOf, type ObjectMetadata } from './object-metadata.ts';

export interface ObjectName {
  bucket: string;
  key: string;
  /** The newest, unless given. */
  versionId?: string | undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html */
export interface ReadConditions {
  /** ETag, without quotes: any other is `precondition-failed`. */
  ifMatch?: string;
  /** ETag, without quotes: the same is `not-modified`. */
  ifNoneMatch?: string;
  /** To the second: what is older is `not-modified`. */
  ifModifiedSince?: Date;
}

export interface ReadOptions extends ReadConditions {
  signal?: AbortSignal;
  /** A connection that says nothing for so long is given up. Default 30. */
  silenceSeconds?: number;
}

export interface GetObjectOptions extends ReadOptions {
  /** Of more than this nothing is returned: memory must not grow with what somebody stored. Default 16 MiB. */
  limitBytes?: number;
  /** Asks for its tags too: another request, and another right (`s3:GetObjectTagging`). */
  withTags?: boolean;
}

export interface HeldObject extends ObjectMetadata {
  status: 'found';
  body: Buffer;
  /** By key; undefined unless asked for. */
  tags: Readonly<Record<string, string>> | undefined;
}

/** What was asked for is what the caller has already. */
export interface NotModified {
  status: 'not-modified';
}

const usualLimitBytes = 16 * 1024 ** 2;

/**
 * An object, whole, in memory, with all that S3 says about it; compared with its ETag where that is its MD5. That nothing
 * has changed since is a result, not an error.
 *
 * @example
 * const answer = await getObject(client, { bucket: 'config', key: 'rates.json' }, { ifNoneMatch: etag });
 * if (answer.status === 'found') use(answer.body);
 *
 * @throws HikyakuError file-too-large, checksum-mismatch, no-such-key, precondition-failed and what else `storageErrorCode`
 *   names; the signal's reason
 */
export async function getObject(
  client: S3Client,
  object: ObjectName,
  options: GetObjectOptions = {},
): Promise<HeldObject | NotModified> {
  const { limitBytes = usualLimitBytes } = options;
  const stream = await catObject(client, object, options);
  if (stream.status === 'not-modified') return stream;
  const { body, cancel, ...rest } = stream;
  if (stream.sizeBytes > limitBytes) {
    cancel();
    throw failureOf('file-too-large', { details: { limitBytes, sizeBytes: stream.sizeBytes } });
  }
  const pieces: Uint8Array[] = [];
  for await (const bytes of body) pieces.push(bytes);
  const tags = options.withTags
    ? await getTags(client, { ...object, versionId: rest.versionId }, options.signal)
    : undefined;
  return { ...rest, body: Buffer.concat(pieces), tags };
}

export interface ObjectStream extends ObjectMetadata {
  status: 'found';
  /** To be read once. A connection that breaks, falls silent or brings too little, or bytes that don't fit the ETag, are errors of reading. */
  body: AsyncGenerator<Uint8Array, void, undefined>;
  /** Fetches no more of it. */
  cancel: () => void;
}

/**
 * The bytes of an object as they come, with all that S3 says about it. Of a large object see `downloadObject`, which resumes.
 *
 * @throws HikyakuError no-such-key, precondition-failed and what else `storageErrorCode` names; the signal's reason
 */
export async function catObject(
  client: S3Client,
  object: ObjectName,
  options: ReadOptions = {},
): Promise<ObjectStream | NotModified> {
  const { signal, silenceSeconds = 30 } = options;
  try {
    const answer = await client.send(
      new GetObjectCommand(inputOf(object, options)),
      signal ? { abortSignal: signal } : {},
    );
    const { Body } = answer;
    if (!(Body instanceof Readable)) throw failureOf('unexpected-answer');
    return {
      status: 'found',
      ...metadataOf(answer),
      body: verified(refuseSilence(Body, silenceSeconds), object, answer, signal),
      cancel: () => void Body.destroy(),
    };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 304)
      return { status: 'not-modified' };
    throw storageFailure(error, { details: { bucket: object.bucket, key: object.key } });
  }
}

function inputOf({ bucket, key, versionId }: ObjectName, conditions: ReadConditions) {
  const { ifMatch, ifNoneMatch, ifModifiedSince } = conditions;
  return {
    Bucket: bucket,
    Key: key,
    ...(versionId && versionId !== 'null' ? { VersionId: versionId } : {}),
    ...(ifMatch ? { IfMatch: `"${ifMatch}"` } : {}),
    ...(ifNoneMatch ? { IfNoneMatch: `"${ifNoneMatch}"` } : {}),
    ...(ifModifiedSince ? { IfModifiedSince: ifModifiedSince } : {}),
  };
}

/** The bytes, and in the end an error where they are not those that S3 names. */
async function* verified(
  body: AsyncIterable<Uint8Array>,
  { bucket, key }: ObjectName,
  answer: GetObjectCommandOutput,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const claims = { ...claimsOf(bucket, answer), partSizes: undefined };
  const plan = planVerification(claims);
  const verification = plan?.start();
  let found = 0;
  try {
    for await (const bytes of body) {
      verification?.digest.update(bytes);
      found += bytes.length;
      yield bytes;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
  if (answer.ContentLength !== undefined && found !== answer.ContentLength) {
    throw failureOf('unexpected-answer', { details: { expected: answer.ContentLength, found } });
  }
  if (!plan || !verification || plan.isAssumed) return;
  if (verification.read(await verification.digest.finish()) !== plan.expected) {
    throw failureOf('checksum-mismatch', { details: { key, algorithm: plan.algorithm } });
  }
}

async function getTags(
  client: S3Client,
  { bucket, key, versionId }: ObjectName,
  signal: AbortSignal | undefined,
): Promise<Record<string, string>> {
  try {
    const { TagSet = [] } = await client.send(
      new GetObjectTaggingCommand(inputOf({ bucket, key, versionId }, {})),
      signal ? { abortSignal: signal } : {},
    );
    return Object.fromEntries(TagSet.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
  } catch (error) {
    throw storageFailure(error, { details: { bucket, key } });
  }
}
