import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { STSClient } from '@aws-sdk/client-sts';
import type { DoctorCheck, DoctorFinding } from '@hikyaku/types';

/** What a check works on. */
export interface Patient {
  s3: S3Client;
  sts: STSClient;
  bucket: string;
  /** Below which the probe is listed, written, read and deleted. */
  prefix: string;
  /** What objects are to be encrypted with; undefined: whatever the bucket does. */
  kmsKeyId: string | undefined;
  queue: { client: SQSClient; url: string } | undefined;
  /** Where the bucket's requests go. */
  endpoint: URL;
  /** Through which they go there: `proxy.example:8080`. Then nobody here looks up names, or sees a certificate. */
  proxy: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  now: () => Date;
  probe: Probe;
}

/** An object that the checks share; nothing else in the bucket is touched. */
interface Probe {
  key: string;
  content: Uint8Array;
  /** Whether it may be there: it was sent, and nobody said no. */
  mayBeThere: boolean;
  /** Set once it is there. */
  written?: { versionId: string | undefined; encryption: string | undefined; kmsKeyId: string | undefined };
}

export type Outcome = Pick<DoctorFinding, 'state'> & Partial<Pick<DoctorFinding, 'reason' | 'details' | 'explanation'>>;

/**
 * One look at one thing. Fails by throwing, as `storageFailure` tells, or by what it returns; has to end soon after the
 * signal aborts.
 */
export interface Check {
  id: DoctorCheck;
  /** Without these it says nothing: skipped where one of them failed. */
  standsOn: readonly DoctorCheck[];
  look: (patient: Patient, signal: AbortSignal) => Promise<Outcome>;
}
