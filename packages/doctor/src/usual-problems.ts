import { describeDoctorFinding } from '@hikyaku/texts';
import { type DoctorFinding, doctorReason, type Locale } from '@hikyaku/types';

export interface UsualProblem {
  /** As `DoctorFinding.reason` has it. */
  reason: NonNullable<DoctorFinding['reason']>;
  problem: string;
  cure: string;
}

/** What S3, its credentials and the way to it usually say, in the order of the checks that hear it first. */
const ofStorage = [
  'no-credentials',
  'partial-credentials',
  'invalid-credentials',
  'expired-credentials',
  'network',
  'untrusted-certificate',
  'timeout',
  'clock-skew',
  'no-such-bucket',
  'wrong-region',
  'access-denied',
  'kms-access-denied',
  'kms-key-unusable',
  'throttled',
  'slow-down',
] as const satisfies UsualProblem['reason'][];

/** The table of usual problems and cures: whatever the doctor can find that somebody can do something about. */
export function usualProblems(locale: Locale): UsualProblem[] {
  return [...ofStorage, ...doctorReason.options].flatMap((reason) => {
    // The words of a reason are the same whichever check finds it.
    const finding = { check: 'connection', state: 'fail', reason, details: {} } as const;
    const { cause, remedy } = describeDoctorFinding(finding, locale);
    return cause === null || remedy === null ? [] : [{ reason, problem: cause, cure: remedy }];
  });
}

/** For a terminal: each problem with its cure below it. */
export function renderProblems(locale: Locale): string {
  return usualProblems(locale)
    .map(({ reason, problem, cure }) => `${problem} [${reason}]\n    ${cure}`)
    .join('\n');
}
