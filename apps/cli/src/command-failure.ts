import type { ErrorDetails } from '@hikyaku/types';

/** What only the command says; what the server and S3 say are `HikyakuError`s. Each has its words in `failure-texts.ts`. */
export type CommandFailureCode =
  | 'not-an-address'
  | 'not-an-object'
  | 'not-a-number'
  | 'not-a-duration'
  | 'not-a-day'
  | 'not-dated'
  | 'not-a-url'
  | 'not-a-recipient'
  | 'not-a-digest'
  | 'not-a-shell'
  | 'not-a-choice'
  | 'policy-objection'
  | 'policy-unusable'
  | 'flags-exclude'
  | 'flag-needs'
  | 'no-destination'
  | 'no-bucket'
  | 'no-files'
  | 'stdin-alone'
  | 'one-file-only'
  | 'is-folder'
  | 'not-a-file'
  | 'keys-once'
  | 'copy-within-storage'
  | 'insecure-url'
  | 'same-key'
  | 'same-file'
  | 'nothing-below'
  | 'file-missing'
  | 'no-region'
  | 'no-url'
  | 'no-token'
  | 'not-a-token'
  | 'token-file-open'
  | 'token-file-damaged'
  | 'no-dataset'
  | 'no-recipients'
  | 'encryption-required'
  | 'file-changed'
  | 'file-changed-sent'
  | 'some-failed'
  | 'not-taken-in'
  | 'lines-refused'
  | 'not-yet'
  | 'upload-ended'
  | 'doctor-found'
  | 'server-said'
  | 'not-our-server'
  | 'redirected'
  | 'untrusted-server'
  | 'not-a-receipt'
  | 'receipt-changed'
  | 'receipt-unknown-key'
  | 'receipt-without-digest'
  | 'receipt-file-differs'
  | 'no-receipt-keys'
  | 'keys-unusable'
  | 'receipt-keys-open'
  | 'old-node';

/** A command that did not do what it was asked to. `message` is for logs; people get the words of `describeFailure`. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly code: CommandFailureCode;
  /** What the words name: never a secret. */
  readonly details: ErrorDetails;

  constructor(code: CommandFailureCode, details: ErrorDetails = {}, options: { cause?: unknown } = {}) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.code = code;
    this.details = details;
  }
}
