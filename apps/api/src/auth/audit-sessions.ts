import { type AppDatabase, recordAuditEvent } from '@hikyaku/db';

/** A session as far as the audit trail is concerned. */
export interface SessionOfPerson {
  id: string;
  personId: string;
  /** Null for somebody who is no member of any organization: there is no trail to write to. */
  organizationId: string | null;
}

/** Hears of every sign-in and sign-out. */
export interface SessionListener {
  signedIn(session: SessionOfPerson): Promise<void>;
  signedOut(session: SessionOfPerson): Promise<void>;
}

/** Writes who signed in and out into the audit trail of the organization they are in. */
export function auditSessions(app: AppDatabase): SessionListener {
  const record = async (action: string, { id, personId, organizationId }: SessionOfPerson) => {
    if (!organizationId) return;
    const scope = { organizationId, actorId: personId };
    await app.inOrganization(scope, (transaction) =>
      recordAuditEvent(transaction, scope, { action, subject: 'session', subjectId: id }),
    );
  };
  return {
    signedIn: (session) => record('session.create', session),
    signedOut: (session) => record('session.delete', session),
  };
}
