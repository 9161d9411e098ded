import { type ErrorCode, HikyakuError } from '@hikyaku/types';
import { CommandFailure, type CommandFailureCode } from './command-failure.ts';

/** What a script goes by. Documented in docs/cli.md: a number never changes its meaning. */
export const exitCode = {
  ok: 0,
  /** Whatever has no number of its own. */
  failed: 1,
  /** The command line is not right. */
  usage: 2,
  /** Of several, some failed; each result says what became of it. */
  someFailed: 3,
  /** The dataset refused the file, or lines of it, put it in quarantine, or could not take it in. */
  refused: 4,
  /** The file is safe, and not taken in: within the time of `--wait`, or so that there were a receipt. */
  notYet: 5,
  /** No credentials, or none that are accepted. */
  credentials: 6,
  /** Network, server or storage is away: the same command may work later. */
  unavailable: 7,
  /** What was named is not there. */
  notFound: 8,
} as const;

type ExitName = keyof typeof exitCode;

/** As shells have it: 128 and the number of the signal. */
export const signalExitCode = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type StopSignal = keyof typeof signalExitCode;

/** Somebody pressed Ctrl-C, or the system wants us to end. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly by: StopSignal;

  constructor(by: StopSignal) {
    super(`stopped by ${by}`);
    this.by = by;
  }
}

const ofErrors: Partial<Record<ErrorCode, ExitName>> = {
  'invalid-token': 'credentials',
  'missing-scope': 'credentials',
  'access-denied': 'credentials',
  'kms-access-denied': 'credentials',
  'no-credentials': 'credentials',
  'partial-credentials': 'credentials',
  'invalid-credentials': 'credentials',
  'expired-credentials': 'credentials',
  'no-such-key': 'notFound',
  'no-such-version': 'notFound',
  'no-such-bucket': 'notFound',
  'upload-not-found': 'notFound',
  'dataset-not-found': 'notFound',
  'no-refused-lines': 'notFound',
  'no-receipt': 'notFound',
  'no-receipt-yet': 'notYet',
  'empty-file': 'refused',
  'file-too-large': 'refused',
  'unsupported-file-type': 'refused',
  'encryption-required': 'refused',
  'not-encrypted': 'refused',
  'invalid-input': 'usage',
  'invalid-bucket-name': 'usage',
};

const ofFailures = {
  'not-an-address': 'usage',
  'not-an-object': 'usage',
  'not-a-number': 'usage',
  'not-a-duration': 'usage',
  'not-a-day': 'usage',
  'not-dated': 'usage',
  'not-a-url': 'usage',
  'not-a-recipient': 'usage',
  'not-a-digest': 'usage',
  'not-a-shell': 'usage',
  'not-a-choice': 'usage',
  'policy-objection': 'failed',
  'policy-unusable': 'usage',
  'flags-exclude': 'usage',
  'flag-needs': 'usage',
  'no-destination': 'usage',
  'no-bucket': 'usage',
  'no-files': 'usage',
  'stdin-alone': 'usage',
  'one-file-only': 'usage',
  'is-folder': 'usage',
  'not-a-file': 'usage',
  'keys-once': 'usage',
  'copy-within-storage': 'usage',
  'insecure-url': 'usage',
  'same-key': 'usage',
  'same-file': 'usage',
  'nothing-below': 'notFound',
  'file-missing': 'notFound',
  'no-region': 'usage',
  'no-url': 'credentials',
  'no-token': 'credentials',
  'not-a-token': 'credentials',
  'token-file-open': 'credentials',
  'token-file-damaged': 'credentials',
  'no-dataset': 'notFound',
  'no-recipients': 'failed',
  'encryption-required': 'refused',
  'file-changed': 'failed',
  'file-changed-sent': 'failed',
  'some-failed': 'someFailed',
  'not-taken-in': 'refused',
  'lines-refused': 'refused',
  'not-yet': 'notYet',
  'upload-ended': 'failed',
  'doctor-found': 'failed',
  'server-said': 'failed',
  'not-our-server': 'failed',
  redirected: 'failed',
  'untrusted-server': 'failed',
  'not-a-receipt': 'failed',
  'receipt-changed': 'failed',
  'receipt-unknown-key': 'failed',
  'receipt-without-digest': 'failed',
  'receipt-file-differs': 'failed',
  'no-receipt-keys': 'usage',
  'keys-unusable': 'failed',
  'receipt-keys-open': 'usage',
  'old-node': 'failed',
} as const satisfies Record<CommandFailureCode, ExitName>;

export function exitCodeOf(error: unknown): number {
  if (error instanceof Stopped) return signalExitCode[error.by];
  if (error instanceof CommandFailure) return exitCode[ofFailures[error.code]];
  if (!(error instanceof HikyakuError)) return exitCode.failed;
  return exitCode[ofErrors[error.code] ?? (error.retriable ? 'unavailable' : 'failed')];
}
