import type { S3Client } from '@aws-sdk/client-s3';
import type { Dispatcher } from 'undici';
import { HikyakuError } from '@hikyaku/types';
import { failureOf } from '../errors/storage-failure.ts';
import { createRetryBudget, type RetryBudget } from '../retry/retry-budget.ts';
import type { RetryOptions } from '../retry/retry.ts';
import { DigestFollower } from './digest-follower.ts';
import { fetchMissing } from './fetch-missing.ts';
import { createSourcePool, type SourcePool } from './http/source-pool.ts';
import { journalHeadOf } from './journal.ts';
import { type DigestAlgorithm, prepareDigest } from '../integrity/object-digest.ts';
import { pinObject, type PinnedObject } from './pin-object.ts';
import { planVerification, type VerificationPlan } from '../integrity/plan-verification.ts';
import { openTemporaryFile, type TemporaryFile } from './temporary-file.ts';

export interface DownloadOptions {
  /** Ranges fetched at once, each on a connection of its own. Default 4. */
  connections?: number;
  /** The most that a killed download fetches again per connection. One GET brings many of them. Default 4 MiB. */
  rangeBytes?: number;
  /** What the object has to be, where the caller knows it: `sha256` in hexadecimal, or the size of the parts it was sent in. */
  known?: { sha256?: string; partSizeBytes?: number };
  /** Takes an object that nothing can be compared with. Default false: it is `not-verifiable`. */
  acceptUnverified?: boolean;
  /** A connection that says nothing for so long is given up and begun again. Default 30. */
  silenceSeconds?: number;
  /** Tries of one range without a byte in between. Default 6. */
  mostTries?: number;
  /** Shared by several downloads where they hit one service. Default one of 100 tries for this download. */
  budget?: RetryBudget;
  /** Ends it with the signal's reason. What has come is kept for the next run. */
  signal?: AbortSignal;
  /** Heard with every mebibyte or so that is written; `receivedBytes` counts what an earlier run has fetched too. */
  onProgress?: (progress: { receivedBytes: number; sizeBytes: number }) => void;
  onRetry?: RetryOptions['onRetry'];
  onGiveUp?: RetryOptions['onGiveUp'];
  /** Of undici, where a proxy or a certificate authority of its own is needed; whoever brings it closes it. */
  dispatcher?: Dispatcher;
}

export interface DownloadedObject {
  path: string;
  sizeBytes: number;
  /** Which version it is: what to tell S3 to get the very same bytes. */
  versionId: string;
  /** Without quotes. */
  etag: string;
  /** Undefined where it was accepted unverified. */
  verified: { by: VerificationPlan['by']; algorithm: DigestAlgorithm; digest: string } | undefined;
  /** Over the network in this run, what was fetched twice too. */
  fetchedBytes: number;
  /** Found from an earlier run. */
  resumedBytes: number;
}

const usualRangeBytes = 4 * 1024 ** 2;

/**
 * Brings one version of an object into a file: many ranges at once, written to their places under a temporary name in the
 * same folder, verified against the object's checksum, and only then put under `path`, replacing what was there. Memory does
 * not grow with the object.
 *
 * A run that failed or was killed leaves its temporary file and a journal (`.hikyaku-…`); the next one for the same place and
 * version goes on from there. Two at once to one place don't disturb each other: each is whole, and the last one stays.
 *
 * @example
 * const client = createS3Client({ region: 'ap-northeast-1' });
 * const { verified } = await downloadObject(client, { bucket: 'reports', key: '2026/11.csv' }, '/data/11.csv');
 *
 * @param path absolute or relative; its folder has to be there. For keys as names see `prepareTarget`
 * @throws HikyakuError no-such-key, access-denied, object-changed (overwritten or deleted meanwhile), checksum-mismatch,
 *   not-verifiable, unexpected-answer, disk-full, target-unusable, and what else `storageErrorCode` names; the signal's reason
 * @see https://docs.aws.amazon.com/whitepapers/latest/s3-optimizing-performance-best-practices/use-byte-range-fetches.html
 */
export async function downloadObject(
  client: S3Client,
  object: { bucket: string; key: string; versionId?: string },
  path: string,
  options: DownloadOptions = {},
): Promise<DownloadedObject> {
  const sources = createSourcePool(options.dispatcher);
  try {
    return await downloadThrough(sources, client, object, path, options);
  } finally {
    sources.close();
  }
}

/** As `downloadObject`, on connections that others have used before and will use after it. */
export async function downloadThrough(
  sources: SourcePool,
  client: S3Client,
  object: { bucket: string; key: string; versionId?: string },
  path: string,
  options: DownloadOptions,
): Promise<DownloadedObject> {
  const { rangeBytes = usualRangeBytes, signal } = options;
  const pinned = await pinObject(client, object, signal);
  const plan = planVerification(pinned, options.known);
  if (!plan && !options.acceptUnverified) throw notVerifiable(pinned);
  if (plan) await prepareDigest(plan.algorithm);
  const verification = plan?.start();
  // Where no checksum will tell, what the journal says has to be on the disk.
  const temporary = await openTemporaryFile(path, journalHeadOf(pinned, rangeBytes), { isDurable: plan === undefined });
  return fill(client, { pinned, plan, verification, temporary, path, sources }, options);
}

interface Filling {
  pinned: PinnedObject;
  plan: VerificationPlan | undefined;
  verification: ReturnType<VerificationPlan['start']> | undefined;
  temporary: TemporaryFile;
  path: string;
  sources: SourcePool;
}

async function fill(
  client: S3Client,
  { pinned, plan, verification, temporary, path, sources }: Filling,
  options: DownloadOptions,
): Promise<DownloadedObject> {
  const { rangeBytes, sizeBytes } = temporary.head;
  const follower = verification
    ? new DigestFollower(temporary.file, verification.digest, { sizeBytes, rangeBytes, whole: temporary.ranges })
    : undefined;
  try {
    const fetched = await fetchMissing(client, pinned, temporary, {
      ...options,
      budget: options.budget ?? createRetryBudget(),
      connections: options.connections ?? 4,
      silenceSeconds: options.silenceSeconds ?? 30,
      sources,
      onWhole: (range) => follower?.add(range),
    });
    const found = follower && verification?.read(await follower.finish());
    const isRight = plan !== undefined && found === plan.expected;
    if (plan && !isRight && !(plan.isAssumed && options.acceptUnverified)) throw mismatch(pinned, plan);
    await temporary.publish();
    const { versionId, etag } = pinned;
    const verified = isRight ? { by: plan.by, algorithm: plan.algorithm, digest: plan.expected } : undefined;
    return { path, sizeBytes, versionId, etag, verified, ...fetched };
  } catch (error) {
    await follower?.stop();
    if (isHopeless(error)) await temporary.discard();
    else await temporary.keep();
    throw error;
  }
}

/** What has come is of no use to a later run: it is not what is there now, or nobody knows which part of it is wrong. */
function isHopeless(error: unknown): boolean {
  const hopeless = ['object-changed', 'checksum-mismatch', 'not-verifiable'];
  return error instanceof HikyakuError && hopeless.includes(error.code);
}

/** A guess that doesn't fit says nothing about the bytes. */
function mismatch(object: PinnedObject, plan: VerificationPlan) {
  if (plan.isAssumed) return notVerifiable(object);
  return failureOf('checksum-mismatch', { details: { key: object.key, algorithm: plan.algorithm } });
}

function notVerifiable({ key }: PinnedObject) {
  return failureOf('not-verifiable', { details: { key } });
}
