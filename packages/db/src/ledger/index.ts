export { advanceRun } from './advance-run.ts';
export { type Claim, claimArrival } from './claim-arrival.ts';
export { createPool } from '../create-pool.ts';
export { cutConnection } from '../cut-connection.ts';
export { findNextVersion } from './find-next-version.ts';
export { fenceRun } from './fence-run.ts';
export { beginInOrganization, inOrganization } from './in-organization.ts';
export { listKeyReferences } from './list-key-references.ts';
export { moveWatermark } from './move-watermark.ts';
export { noteDeletedObject } from './note-deleted-object.ts';
export { noteLayers } from './note-layers.ts';
export { readOutcome } from './read-outcome.ts';
export {
  advanceReconciliation,
  claimReconciliation,
  type ListingMarker,
  listUnknownObjects,
  type ReconciliationClaim,
  releaseReconciliation,
} from './reconciliation.ts';
export { refuseSameContent } from './refuse-same-content.ts';
export { type Announcer, startAnnouncer } from './start-announcer.ts';
export { type ArrivedObject, type RecordedArrival, recordArrival } from './record-arrival.ts';
export { type Cause, type RunOutcome, settleRun } from './settle-run.ts';
export {
  announceTimeline,
  expireUploads,
  listDueArrivals,
  listOrphanStagingTables,
  listUploadsToSweep,
  routeArrivals,
} from './sweep.ts';
export { withdrawClaim } from './withdraw-claim.ts';
