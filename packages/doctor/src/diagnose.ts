import { randomBytes, randomUUID } from 'node:crypto';
import { type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { resolveEndpoint } from '@hikyaku/s3-core';
import { failureOf, storageFailure } from '@hikyaku/s3-core/errors';
import { type DoctorFinding, type HikyakuError, storageErrorCode } from '@hikyaku/types';
import type { Check, Outcome, Patient } from './check.ts';
import { checks } from './checks/index.ts';
import { explainDenial } from './explain-denial.ts';
import { proxyFor } from './proxy-for.ts';

export interface DiagnoseOptions {
  s3: S3Client;
  bucket: string;
  /** The probe is written below it: what the credentials may do elsewhere is not asked. `doctor/` by default. */
  prefix?: string;
  /** What objects are to be encrypted with: id or ARN of a key of KMS. */
  kmsKeyId?: string;
  queue?: { client: SQSClient; url: string };
  /** By default one with the credentials and the region of `s3`. */
  sts?: STSClient;
  environment?: Readonly<Record<string, string | undefined>>;
  now?: () => Date;
  /** For each check; 10 by default. */
  timeoutSeconds?: number;
  signal?: AbortSignal;
  /** Called after each check. */
  onFinding?: (finding: DoctorFinding) => void;
}

/**
 * Looks at all that stands between this process and S3, one thing after the other, and never throws for what it finds.
 *
 * A probe of 1 KiB is written, read and deleted; deleting is tried whatever failed before it, and also after an abort.
 *
 * @throws the signal's reason, once the probe is gone
 */
export async function diagnose(options: DiagnoseOptions): Promise<DoctorFinding[]> {
  const { s3, signal, timeoutSeconds = 10, onFinding, environment = process.env } = options;
  const endpoint = await resolveEndpoint(s3, options.bucket);
  const patient: Patient = {
    s3,
    sts: options.sts ?? new STSClient({ region: s3.config.region, credentials: s3.config.credentials }),
    bucket: options.bucket,
    prefix: options.prefix ?? 'doctor/',
    kmsKeyId: options.kmsKeyId,
    queue: options.queue,
    endpoint,
    proxy: proxyFor(endpoint, environment),
    environment,
    now: options.now ?? (() => new Date()),
    probe: {
      key: `${options.prefix ?? 'doctor/'}hikyaku-doctor-${randomUUID()}`,
      content: randomBytes(1_024),
      mayBeThere: false,
    },
  };
  const findings: DoctorFinding[] = [];
  try {
    for (const check of checks) {
      // What is left of us goes, also when nobody waits any more.
      if (signal?.aborted && check.id !== 'delete') continue;
      const patience = AbortSignal.timeout(timeoutSeconds * 1_000);
      const isLast = check.id === 'delete' || !signal;
      const finding = await examine(check, patient, findings, isLast ? patience : AbortSignal.any([signal, patience]));
      findings.push(finding);
      onFinding?.(finding);
    }
  } finally {
    if (!options.sts) patient.sts.destroy();
  }
  signal?.throwIfAborted();
  return findings;
}

async function examine(
  check: Check,
  patient: Patient,
  before: readonly DoctorFinding[],
  signal: AbortSignal,
): Promise<DoctorFinding> {
  const begun = performance.now();
  const found = (outcome: Outcome): DoctorFinding => ({
    check: check.id,
    details: {},
    ...outcome,
    milliseconds: Math.round(performance.now() - begun),
  });
  const isBroken = before.some(({ check: id, state }) => state === 'fail' && check.standsOn.includes(id));
  const isBlind = before.some(({ check: id, reason }) => reason === 'stands-on-broken' && check.standsOn.includes(id));
  if (isBroken || isBlind) return found({ state: 'skipped', reason: 'stands-on-broken' });
  try {
    return found(await orTimeout(check.look(patient, signal), signal));
  } catch (error) {
    const failure = signal.aborted
      ? failureOf('timeout', { cause: error })
      : storageFailure(error, { environment: patient.environment });
    const outcome = failed(error, failure, check, patient);
    if (failure.code !== 'access-denied') return found(outcome);
    const explanation = await explainDenial(check.id, error, patient, before, signal);
    return found(explanation ? { ...outcome, explanation } : outcome);
  }
}

function failed(error: unknown, failure: HikyakuError, { id }: Check, { probe }: Patient): Outcome {
  const isRefused = error instanceof S3ServiceException && (error.$metadata.httpStatusCode ?? 500) < 500;
  // S3 said no: then nothing of the probe is there.
  if (id === 'write' && isRefused) probe.mayBeThere = false;
  if (id === 'delete') {
    const awsCode = failure.details['awsCode'] ?? failure.code;
    return { state: 'fail', reason: 'probe-left', details: { key: probe.key, awsCode } };
  }
  const reason = storageErrorCode.safeParse(failure.code).data ?? 'storage-unavailable';
  return { state: 'fail', reason, details: failure.details };
}

/** Not all that a check waits for listens to a signal. */
async function orTimeout<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new Error('timeout', { cause: signal.reason }));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    work.catch(() => undefined);
  }
}
