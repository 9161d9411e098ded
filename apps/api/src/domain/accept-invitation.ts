import { recordAuditEvent } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { shortestPassword } from '../auth/create-auth.ts';
import type { Services } from '../trpc/context.ts';
import { findOpenInvitation } from './find-open-invitation.ts';

export interface Acceptance {
  token: string;
  name: string;
  password: string;
}

/** Prisma's code for it. */
const uniqueViolation = z.object({ code: z.literal('P2002') });

/**
 * Makes the invited person a member. Somebody new gets an account with the password; somebody who has one proves it
 * with theirs.
 *
 * @throws HikyakuError invitation-not-open, password-too-short, wrong-credentials; email-taken where the same person
 * accepts two invitations at once
 */
export async function acceptInvitation(
  services: Pick<Services, 'app' | 'auth' | 'authDatabase'>,
  acceptance: Acceptance,
): Promise<void> {
  const { authDatabase, auth } = services;
  const invitation = await findOpenInvitation(authDatabase, acceptance.token);
  if (!invitation) throw new HikyakuError('invitation-not-open');
  const { password: passwords } = await auth.$context;
  const existing = await authDatabase.person.findUnique({
    where: { email: invitation.email },
    include: { accounts: { where: { providerId: 'credential' } } },
  });
  if (existing) {
    const hash = existing.accounts[0]?.password;
    const isTheirs = hash ? await passwords.verify({ hash, password: acceptance.password }) : false;
    if (!isTheirs) throw new HikyakuError('wrong-credentials');
  } else if (acceptance.password.length < shortestPassword) {
    throw new HikyakuError('password-too-short', { details: { minimum: shortestPassword } });
  }
  const hash = existing ? undefined : await passwords.hash(acceptance.password);
  const personId = existing?.id ?? uuidv7();

  const becomeMember = authDatabase.$transaction(async (transaction) => {
    // Accepted once, however often the link is used at the same time.
    const { count } = await transaction.invitation.updateMany({
      where: { id: invitation.id, status: 'pending' },
      data: { status: 'accepted' },
    });
    if (count === 0) throw new HikyakuError('invitation-not-open');
    if (hash) {
      await transaction.person.create({
        data: { id: personId, name: acceptance.name, email: invitation.email, emailVerified: true },
      });
      await transaction.account.create({
        data: { id: uuidv7(), personId, accountId: personId, providerId: 'credential', password: hash },
      });
    }
    const { organizationId, role } = invitation;
    await transaction.membership.upsert({
      where: { organizationId_personId: { organizationId, personId } },
      create: { id: uuidv7(), organizationId, personId, role },
      update: { role },
    });
  });
  await becomeMember.catch((error: unknown) => {
    throw uniqueViolation.safeParse(error).success ? new HikyakuError('email-taken', { cause: error }) : error;
  });
  const scope = { organizationId: invitation.organizationId, actorId: personId };
  await services.app.inOrganization(scope, (transaction) =>
    recordAuditEvent(transaction, scope, {
      action: 'invitation.accept',
      subject: 'invitation',
      subjectId: invitation.id,
    }),
  );
}
