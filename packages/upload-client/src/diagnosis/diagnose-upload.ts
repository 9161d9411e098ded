import type { ConnectionCheck, ConnectionFinding } from '@hikyaku/types';
import { checkClock } from './check-clock.ts';
import { checkLargeBody } from './check-large-body.ts';
import { checkServer } from './check-server.ts';
import { checkSite } from './check-site.ts';
import { checkSmallBody } from './check-small-body.ts';
import { checkStorage } from './check-storage.ts';
import { type Check, failed, type Outcome, type Patient } from './check.ts';
import type { UploadSurroundings } from './upload-surroundings.ts';

const checks: readonly Check[] = [checkSite, checkServer, checkClock, checkStorage, checkSmallBody, checkLargeBody];

/** In the order in which they are done. */
export const connectionChecks: readonly ConnectionCheck[] = checks.map(({ id }) => id);

export interface DiagnoseUploadOptions {
  surroundings: UploadSurroundings;
  /** Instead of each check's own patience, from 1 s for what needs no network to 90 s for a large body. */
  timeoutSeconds?: Partial<Record<ConnectionCheck, number>>;
  signal?: AbortSignal;
  /** Called before each check, and not for those that are skipped. */
  onCheck?: (check: ConnectionCheck) => void;
  /** Called after each check. */
  onFinding?: (finding: ConnectionFinding) => void;
}

/**
 * Looks at all that stands between a browser and storage, one thing after the other, and never throws for what it finds. Nothing
 * is written anywhere: what is sent to storage is signed to be refused.
 *
 * @returns a finding for each check, in their order; `causesOf` orders what is wrong
 * @throws the signal's reason
 */
export async function diagnoseUpload(options: DiagnoseUploadOptions): Promise<ConnectionFinding[]> {
  const { surroundings, signal, timeoutSeconds = {}, onCheck, onFinding } = options;
  const patient: Patient = { ...surroundings };
  const findings: ConnectionFinding[] = [];
  for (const check of checks) {
    signal?.throwIfAborted();
    const isBlind = findings.some(({ check: id, state }) => isMissing(state) && check.standsOn.includes(id));
    if (!isBlind) onCheck?.(check.id);
    const seconds = timeoutSeconds[check.id] ?? check.timeoutSeconds;
    const finding = isBlind ? skipped(check) : await examine(check, patient, seconds, signal);
    findings.push(finding);
    onFinding?.(finding);
  }
  return findings;
}

const isMissing = (state: ConnectionFinding['state']) => state === 'fail' || state === 'skipped';

function skipped({ id }: Check): ConnectionFinding {
  return {
    check: id,
    state: 'skipped',
    reason: 'stands-on-broken',
    certainty: 'certain',
    details: {},
    milliseconds: 0,
  };
}

async function examine(
  check: Check,
  patient: Patient,
  timeoutSeconds: number,
  signal: AbortSignal | undefined,
): Promise<ConnectionFinding> {
  const begun = performance.now();
  const timeUp = AbortSignal.timeout(timeoutSeconds * 1_000);
  const look = check.look(patient, signal ? AbortSignal.any([signal, timeUp]) : timeUp);
  const outcome: Outcome = await look.catch(() => failed('internal', 'possible'));
  signal?.throwIfAborted();
  const milliseconds = Math.round(performance.now() - begun);
  return { check: check.id, certainty: 'certain', details: {}, ...outcome, milliseconds };
}
