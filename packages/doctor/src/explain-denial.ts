import { GetBucketPolicyCommand, S3ServiceException } from '@aws-sdk/client-s3';
import { type DeniedRequest, parsePolicy, renderDenial, whyDenied } from '@hikyaku/policies';
import type { DoctorCheck, DoctorFinding, LocalizedText } from '@hikyaku/types';
import type { Patient } from './check.ts';

/** What a check asks S3 for, and of what. */
const requests: Partial<Record<DoctorCheck, (patient: Patient) => { action: string; resource: string }>> = {
  list: ({ bucket }) => ({ action: 's3:ListBucket', resource: bucketArn(bucket) }),
  write: (patient) => ({ action: 's3:PutObject', resource: probeArn(patient) }),
  read: (patient) => ({ action: 's3:GetObject', resource: probeArn(patient) }),
  delete: (patient) => ({ action: 's3:DeleteObject', resource: probeArn(patient) }),
};

/**
 * Why S3 said no, as far as the same credentials can find out: by what S3 told, and by the bucket's policy where they may read it.
 * Undefined where nobody knows who asked. Never throws.
 */
export async function explainDenial(
  check: DoctorCheck,
  error: unknown,
  patient: Patient,
  before: readonly DoctorFinding[],
  abortSignal: AbortSignal,
): Promise<LocalizedText | undefined> {
  const callerArn = before.find(({ check: id }) => id === 'identity')?.details['arn'];
  const request = requests[check]?.(patient);
  if (!request || typeof callerArn !== 'string') return undefined;
  const denial = whyDenied({
    callerArn,
    ...request,
    context: { 'aws:SecureTransport': String(patient.endpoint.protocol === 'https:') },
    policies: await readBucketPolicy(patient, abortSignal),
    ...(error instanceof Error ? { message: error.message } : {}),
  });
  if (denial.certainty === 'unknown-caller') return undefined;
  return { ja: renderDenial(denial, 'ja'), en: renderDenial(denial, 'en') };
}

async function readBucketPolicy(
  { s3, bucket }: Patient,
  abortSignal: AbortSignal,
): Promise<Pick<DeniedRequest['policies'], 'resource'>> {
  try {
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: bucket }), { abortSignal });
    const { policy } = parsePolicy(Policy ?? '');
    return policy ? { resource: { name: bucket, policy } } : {};
  } catch (error) {
    const hasNone = error instanceof S3ServiceException && error.name === 'NoSuchBucketPolicy';
    return hasNone ? { resource: 'none' } : {};
  }
}

function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

function probeArn({ bucket, probe }: Patient): string {
  return `${bucketArn(bucket)}/${probe.key}`;
}
