export { type BodyDigest, bodyDigest, type SentChecksums, sha256Digest } from './body-digest.ts';
export {
  type ApiTokenScope,
  type ApiTokenState,
  type ApiTokenSummary,
  apiTokenScope,
  apiTokenState,
  apiTokenSummary,
} from './api-token.ts';
export {
  type ColumnDefinition,
  type ColumnType,
  columnDefinition,
  columnName,
  columnType,
  type DatasetSummary,
  datasetSlug,
  datasetSummary,
  type FileEncoding,
  type FileFormat,
  fileEncoding,
  fileFormat,
  type LoadMode,
  loadMode,
  type SignatureRule,
  type SourceOrder,
  sourceOrder,
  type TableDefinition,
  tableDefinition,
} from './dataset-definition.ts';
export { callerHeader, callerName } from './caller-header.ts';
export { attachment } from './content-disposition.ts';
export { type FileNameLayers, fileNameEndings, readFileName } from './file-names.ts';
export type {
  ConnectionCertainty,
  ConnectionCheck,
  ConnectionFinding,
  ConnectionReason,
} from './connection-finding.ts';
export {
  type ErrorCode,
  type ErrorDetails,
  errorCode,
  errorDetails,
  type FileErrorCode,
  fileErrorCode,
  type RejectCode,
  rejectCode,
  requestErrorCode,
  type StorageErrorCode,
  storageErrorCode,
} from './error-codes.ts';
export {
  type DoctorCheck,
  doctorCheck,
  type DoctorFinding,
  doctorFinding,
  type DoctorReason,
  doctorReason,
  type DoctorState,
  doctorState,
} from './doctor.ts';
export {
  type FileDetail,
  type FileSummary,
  fileDetail,
  fileSummary,
  page,
  type Reject,
  type RowCounts,
  reject,
  rowCounts,
  type TimelineEntry,
  timelineEntry,
} from './file-view.ts';
export { HikyakuError } from './hikyaku-error.ts';
export { type Locale, type LocalizedText, locale, localizedText } from './locale.ts';
export { mostStatesAtOnce } from './most-states-at-once.ts';
export { findNameDate } from './name-date.ts';
export { fileNameOfKey, incomingPrefix, parseObjectKey, planObjectKey, signatureSuffix } from './object-key.ts';
export { hasRole } from './has-role.ts';
export {
  type CellHint,
  type ClosedForm,
  type PreflightFault,
  type PreflightFinding,
  type PreflightRefusal,
  type ReadingRules,
  readingRules,
} from './preflight.ts';
export { isReceipted, type ReceiptedState } from './receipted-states.ts';
export { type OrganizationRole, organizationRole } from './roles.ts';
export {
  type ArrivalState,
  arrivalState,
  type FileState,
  fileState,
  fileStateOf,
  type IngestRunState,
  ingestRunState,
  isSettled,
  type UploadState,
  uploadState,
} from './states.ts';
export { untilAborted } from './until-aborted.ts';
