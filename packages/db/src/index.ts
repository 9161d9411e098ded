export {
  type ApiToken,
  createApiToken,
  findUsableApiToken,
  listApiTokens,
  type NewApiToken,
  revokeApiToken,
} from './api-tokens.ts';
export { type AppDatabase, type AppTransaction, createAppDatabase, type OrganizationScope } from './app-database.ts';
export { type AuditEvent, recordAuditEvent } from './audit.ts';
export { type AuthDatabase, createAuthDatabase } from './auth-database.ts';
export { createOrganization, type NewOrganization } from './create-organization.ts';
export { createDataset, type Dataset, findDataset, listDatasets } from './datasets.ts';
export { createOrganizationKey, type PublicPart } from './create-organization-key.ts';
export { takeOverRegisteredKey } from './take-over-registered-key.ts';
export { countFilesOfDay, type FilesOfDay } from './files/count-files-of-day.ts';
export { findFile } from './files/find-file.ts';
export { listChangedFiles, newestSequence } from './files/list-changed-files.ts';
export { findFileSummaries, findFileSummary, listFiles } from './files/list-files.ts';
export { findReceiptedFile, type ReceiptedFile } from './files/find-receipted-file.ts';
export { findRejectHeader, type RejectHeader } from './files/find-reject-header.ts';
export { listRejectLines, type RejectLine } from './files/list-reject-lines.ts';
export { listRejects } from './files/list-rejects.ts';
export { countFailedFiles, type RedriveAnswer, redriveFailedFiles, redriveFile } from './files/redrive-file.ts';
export { listUnroutedArrivals, type UnroutedArrival } from './files/list-unrouted-arrivals.ts';
export { findOrganizationId } from './find-organization-id.ts';
export { findOrganization, type OrganizationProfile } from './organization-profile.ts';
export { migrateDatabase } from './migrate-database.ts';
export {
  addHeldKey,
  countKeysInUse,
  isKeyRetired,
  listOrganizationKeys,
  listRecipients,
  lockKeys,
  type OrganizationKey,
  type Recipient,
  restoreOrganizationKey,
  retireOrganizationKey,
} from './organization-keys.ts';
export { organizationSchema } from './organization-schema.ts';
export { type DatabaseUrls, databaseUrls, provisionDatabase, type RolePasswords } from './provision-database.ts';
export { listenToTimeline, type TimelineAnnouncement, type TimelineListener } from './timeline-listener.ts';
export { findUploadByKey, releaseIdempotencyKey } from './idempotency.ts';
export { compareDataset, type DatasetToSave, saveDataset } from './save-dataset.ts';
export {
  keepUploadParts,
  listUploadParts,
  setMultipartUploadId,
  setPartsSweep,
  type UploadPart,
} from './upload-parts.ts';
export {
  createUpload,
  findUpload,
  type NewUpload,
  setUploadDigest,
  setUploadSize,
  setUploadState,
  type Upload,
} from './uploads.ts';
