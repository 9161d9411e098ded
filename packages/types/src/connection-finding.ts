import type { DoctorState } from './doctor.ts';
import type { ErrorCode, ErrorDetails } from './error-codes.ts';

/** What a browser looks at on its way to storage, in this order: each stands on some of those before it. */
export type ConnectionCheck = 'site' | 'server' | 'clock' | 'storage' | 'small-body' | 'large-body';

/** What only a look at the connection says; what storage or our server say has an `ErrorCode`. */
export type ConnectionReason =
  | 'offline'
  | 'site-away'
  | 'site-replaced'
  | 'server-away'
  | 'device-clock-off'
  | 'mixed-content'
  | 'policy-blocked'
  | 'storage-down'
  | 'storage-blocked'
  | 'storage-silent'
  | 'cors-missing'
  | 'put-blocked'
  | 'put-silent'
  | 'large-body-cut'
  | 'large-body-stalled'
  | 'slow-line'
  | 'stands-on-broken';

/** `certain`: it was seen. `likely`: it fits best what a browser can see, which is not all. `possible`: it may be the cause, or not. */
export type ConnectionCertainty = 'certain' | 'likely' | 'possible';

/** What one check of a browser's connection found: `DoctorFinding`'s shape, for what a page can see. `reason` is there unless all is well. */
export interface ConnectionFinding {
  check: ConnectionCheck;
  state: DoctorState;
  reason?: ConnectionReason | ErrorCode;
  certainty: ConnectionCertainty;
  /** Host names, sizes, statuses and times; never a URL, a secret or a file's name. */
  details: ErrorDetails;
  milliseconds: number;
}
