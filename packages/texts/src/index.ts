export { acceptedLanguages } from './accepted-languages.ts';
export { actorText } from './actor-text.ts';
export { columnTypeText } from './column-type-text.ts';
export {
  connectionCheckText,
  type ConnectionFindingText,
  describeConnectionFinding,
} from './describe-connection-finding.ts';
export { connectionReport, type ConnectionReportContext } from './connection-report.ts';
export { describeError, describeFileError, describeStorageError } from './describe-error.ts';
export { describeDoctorFinding, type DoctorFindingText } from './describe-doctor-finding.ts';
export { describeReject, describeRejectReason, type RejectReason } from './describe-reject.ts';
export type { ErrorText } from './error-text.ts';
export { fileStateText } from './file-state-text.ts';
export { type FileStateTone, fileStateTone } from './file-state-tone.ts';
export { formatBytes } from './format-bytes.ts';
export { formatCount } from './format-count.ts';
export { formatDateTime } from './format-date-time.ts';
export { formatDuration } from './format-duration.ts';
export { formatSpeed } from './format-speed.ts';
export { type Invitation, invitationMail, type Mail } from './invitation-mail.ts';
export { rejectsFileText } from './rejects-file-text.ts';
export { roleText } from './role-text.ts';
export { type DayCounts, sentenceOfTheDay } from './sentence-of-the-day.ts';
export { timelineText, type TimelineStep } from './timeline-text.ts';
