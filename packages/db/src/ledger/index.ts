export { advanceRun } from './advance-run.ts';
export { type Claim, claimArrival } from './claim-arrival.ts';
export { fenceRun } from './fence-run.ts';
export { beginInOrganization, inOrganization } from './in-organization.ts';
export { mayBeOvertaken } from './may-be-overtaken.ts';
export { readOutcome } from './read-outcome.ts';
export { type ArrivedObject, type RecordedArrival, recordArrival } from './record-arrival.ts';
export { type Cause, type RunOutcome, settleRun } from './settle-run.ts';
export { announceTimeline, expireUploads, listDueArrivals, listOrphanStagingTables } from './sweep.ts';
