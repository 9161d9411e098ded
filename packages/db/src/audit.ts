import type { AppTransaction, OrganizationScope } from './app-database.ts';

export interface AuditEvent {
  /** `upload.create`: the procedure that did it. */
  action: string;
  subject:
    | 'upload'
    | 'arrival'
    | 'dataset'
    | 'invitation'
    | 'membership'
    | 'session'
    | 'api-token'
    | 'key'
    | 'organization';
  subjectId: string;
  /** Never a token, a URL or a password. */
  details?: Record<string, string | number>;
}

/** Adds to the audit trail, in the transaction of what it tells about. */
export async function recordAuditEvent(
  transaction: AppTransaction,
  scope: OrganizationScope,
  event: AuditEvent,
): Promise<void> {
  await transaction.auditEvent.create({
    data: { ...event, details: event.details ?? {}, organizationId: scope.organizationId, actorId: scope.actorId },
  });
}
