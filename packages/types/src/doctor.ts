import { z } from 'zod';
import { errorDetails, storageErrorCode } from './error-codes.ts';
import { localizedText } from './locale.ts';

/** What `doctor` looks at, in this order: each stands on some of those before it. */
export const doctorCheck = z.enum([
  'credentials',
  'instance-metadata',
  'identity',
  'name-resolution',
  'connection',
  'clock',
  'list',
  'write',
  'read',
  'encryption',
  'delete',
  'queue',
]);
export type DoctorCheck = z.infer<typeof doctorCheck>;

/** `warn`: it works, and something about it will hurt. `skipped`: not asked for, or what it stands on is broken. */
export const doctorState = z.enum(['ok', 'warn', 'fail', 'skipped']);
export type DoctorState = z.infer<typeof doctorState>;

/** What only the doctor says; what S3 says has `storageErrorCode`. */
export const doctorReason = z.enum([
  'credentials-ending',
  'not-on-ec2',
  'switched-off',
  'metadata-without-token',
  'no-instance-role',
  'not-supported',
  'name-not-resolved',
  'through-proxy',
  'no-tls',
  'certificate-ending',
  'clock-off',
  'probe-differs',
  'other-encryption',
  'probe-hidden',
  'probe-left',
  'queue-refused',
  'not-asked',
  'stands-on-broken',
]);
export type DoctorReason = z.infer<typeof doctorReason>;

/** What one check found. `reason` is there unless all is well. */
export const doctorFinding = z.object({
  check: doctorCheck,
  state: doctorState,
  reason: z.union([doctorReason, storageErrorCode]).optional(),
  /** Names, times and counts; never a secret. */
  details: errorDetails,
  /** Why access was denied, where policies or S3 itself tell. */
  explanation: localizedText.optional(),
  milliseconds: z.number(),
});
export type DoctorFinding = z.infer<typeof doctorFinding>;
