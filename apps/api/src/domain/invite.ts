import { recordAuditEvent } from '@hikyaku/db';
import { invitationMail } from '@hikyaku/texts';
import type { Locale, OrganizationRole } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../auth/find-caller.ts';
import type { Services } from '../trpc/context.ts';
import { createInvitationToken } from './invitation-token.ts';

const invitationDays = 7;

/**
 * Invites somebody by mail. An earlier open invitation of the same address is replaced once the mail is on its way: only
 * the newest link works. A mail that can't be sent leaves everything as it was.
 */
export async function invite(
  services: Pick<Services, 'app' | 'authDatabase' | 'mailer' | 'portalUrl'>,
  caller: Caller,
  invitee: { email: string; role: OrganizationRole; locale: Locale },
): Promise<{ invitationId: string }> {
  const { authDatabase } = services;
  const { organization, person, scope } = caller;
  const { token, tokenHash } = createInvitationToken();
  const invitationId = uuidv7();
  const expiresAt = new Date(Date.now() + invitationDays * 24 * 60 * 60 * 1_000);
  const { email, role } = invitee;
  const address = { organizationId: organization.id, email };
  await authDatabase.invitation.create({
    data: { id: invitationId, ...address, role, tokenHash, inviterId: person.id, expiresAt },
  });
  const url = new URL(`/invitation/${token}`, services.portalUrl).href;
  const mail = invitationMail(
    { organizationName: organization.name, inviterName: person.name, role, url, expiresAt: expiresAt.toISOString() },
    invitee.locale,
  );
  try {
    await services.mailer.send({ to: email, ...mail });
  } catch (error) {
    await authDatabase.invitation.update({ where: { id: invitationId }, data: { status: 'canceled' } });
    throw error;
  }
  await authDatabase.invitation.updateMany({
    where: { ...address, id: { lt: invitationId }, status: 'pending' },
    data: { status: 'canceled' },
  });
  await services.app.inOrganization(scope, (transaction) =>
    recordAuditEvent(transaction, scope, {
      action: 'invitation.create',
      subject: 'invitation',
      subjectId: invitationId,
      details: { email, role },
    }),
  );
  return { invitationId };
}
