import { z } from 'zod';

/** An upload: our record of someone's intent to store one object. */
export const uploadState = z.enum(['created', 'uploading', 'completing', 'stored', 'refused', 'aborted', 'expired']);
export type UploadState = z.infer<typeof uploadState>;

/** An arrival: an object seen under `incoming/`. Everything from `taken_in` on is terminal; docs/ledger.md says which can be redriven. */
export const arrivalState = z.enum([
  'recorded',
  'waiting',
  'queued',
  'running',
  'taken_in',
  'stored',
  'duplicate',
  'same_content',
  'stale',
  'superseded',
  'refused',
  'quarantined',
  'unrouted',
  'failed',
]);
export type ArrivalState = z.infer<typeof arrivalState>;

/** An ingest run: one attempt to take one arrival in. */
export const ingestRunState = z.enum([
  'claimed',
  'scanning',
  'loading',
  'validating',
  'waiting_for_lock',
  'merging',
  'committed',
  'rejected',
  'failed',
  'released',
  'skipped',
]);
export type IngestRunState = z.infer<typeof ingestRunState>;

/**
 * What people are told about a file, upload and arrival together: the only words there are.
 * `taken_in` with rejects is told by the counts, not by a state of its own.
 */
export const fileState = z.enum([
  'sending',
  'cancelled',
  'expired',
  'received',
  'waiting',
  'taking_in',
  'taken_in',
  'stored',
  'already_taken_in',
  'newer_kept',
  'refused',
  'quarantined',
  'unrouted',
  'failed',
]);
export type FileState = z.infer<typeof fileState>;

const byUpload = {
  created: 'sending',
  uploading: 'sending',
  completing: 'sending',
  stored: 'received',
  refused: 'refused',
  aborted: 'cancelled',
  expired: 'expired',
} as const satisfies Record<UploadState, FileState>;

const byArrival = {
  recorded: 'received',
  queued: 'received',
  waiting: 'waiting',
  running: 'taking_in',
  taken_in: 'taken_in',
  stored: 'stored',
  duplicate: 'already_taken_in',
  same_content: 'already_taken_in',
  stale: 'newer_kept',
  superseded: 'newer_kept',
  refused: 'refused',
  quarantined: 'quarantined',
  unrouted: 'unrouted',
  failed: 'failed',
} as const satisfies Record<ArrivalState, FileState>;

/** The arrival is the truth as soon as there is one: S3 has the object, whatever the client said of its upload. */
export function fileStateOf(states: { upload?: UploadState | null; arrival?: ArrivalState | null }): FileState {
  if (states.arrival) return byArrival[states.arrival];
  return states.upload ? byUpload[states.upload] : 'received';
}

/** Nothing will change any more unless a person acts. */
export function isSettled(state: FileState): boolean {
  return !(['sending', 'received', 'waiting', 'taking_in'] as FileState[]).includes(state);
}
