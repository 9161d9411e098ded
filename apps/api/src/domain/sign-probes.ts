import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { findObject, usualPartBytes } from '@hikyaku/s3-core';
import { presignPut, type PresignedPut } from '@hikyaku/s3-core/presign';
import { HikyakuError, incomingPrefix } from '@hikyaku/types';
import type { Services } from '../trpc/context.ts';

const probeLifetimeSeconds = 10 * 60;
/** Hardly more than its headers; and as large as the parts of a file. */
const probeBytes = { small: 1_024, large: usualPartBytes };
/** Somebody waits for it. */
const answerMilliseconds = 4_000;

interface Probe {
  sizeBytes: number;
  put: PresignedPut;
}

/**
 * Two PUTs for a browser to try its way to storage with. They are signed for digests that nobody has a body for, so that
 * storage reads what comes, refuses it (`BadDigest`) and keeps nothing: no object, no event, nothing to clean up.
 */
export async function signProbes(
  services: Pick<Services, 's3' | 'browserS3' | 'bucket'>,
  organizationId: string,
): Promise<{ storageAnswers: boolean; small: Probe; large: Probe }> {
  const key = `${incomingPrefix}${organizationId}/doctor/${randomUUID()}`;
  const object = { bucket: services.bucket, key };
  const sign = async (sizeBytes: number): Promise<Probe> => {
    const digest = { md5: randomBytes(16).toString('base64'), sha256: randomBytes(32).toString('base64') };
    const put = { ...object, sizeBytes, contentType: 'application/octet-stream', digest };
    return { sizeBytes, put: await presignPut(services.browserS3, put, probeLifetimeSeconds) };
  };
  const [storageAnswers, small, large] = await Promise.all([
    doesAnswer(services.s3, object),
    sign(probeBytes.small),
    sign(probeBytes.large),
  ]);
  return { storageAnswers, small, large };
}

/** A refusal is an answer. */
async function doesAnswer(s3: Services['s3'], object: { bucket: string; key: string }): Promise<boolean> {
  const answered = findObject(s3, object).then(
    () => true,
    (error: unknown) => error instanceof HikyakuError && !error.retriable,
  );
  return Promise.race([answered, wait(answerMilliseconds, false, { ref: false })]);
}
