import type { DoctorFinding, DoctorState } from '@hikyaku/types';

export interface DoctorSummary extends Record<DoctorState, number> {
  /** Checks that said something, and of them those that are well. */
  looked: number;
  /** 0 unless something failed: a warning works today. */
  exitCode: 0 | 1;
}

export function summarize(findings: readonly DoctorFinding[]): DoctorSummary {
  const count = (state: DoctorState) => findings.filter((finding) => finding.state === state).length;
  const [ok, warn, fail, skipped] = [count('ok'), count('warn'), count('fail'), count('skipped')];
  return { ok, warn, fail, skipped, looked: findings.length - skipped, exitCode: fail > 0 ? 1 : 0 };
}
