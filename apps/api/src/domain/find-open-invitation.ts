import type { AuthDatabase } from '@hikyaku/db';
import { hashInvitationToken } from './invitation-token.ts';

/** The invitation a mailed link belongs to, while it is open. */
export function findOpenInvitation(database: AuthDatabase, token: string) {
  return database.invitation.findFirst({
    where: { tokenHash: hashInvitationToken(token), status: 'pending', expiresAt: { gt: new Date() } },
    include: { organization: true },
  });
}
