import { addHeldKey, lockKeys, recordAuditEvent } from '@hikyaku/db';
import { isRecipient } from '@hikyaku/encryption';
import { HikyakuError } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Caller } from '../auth/find-caller.ts';
import type { Services } from '../trpc/context.ts';
import { requireRoomForKey } from './require-room-for-key.ts';

/** Prisma's code for it. */
const uniqueViolation = z.object({ code: z.literal('P2002') });

/**
 * Registers the public part of a key whose private part the organization keeps: from now on files are encrypted for it too.
 *
 * @throws HikyakuError not-a-public-key, key-registered, too-many-keys
 */
export async function addKey(
  { app }: Pick<Services, 'app'>,
  { organization, scope }: Caller,
  { publicKey, label }: { publicKey: string; label: string },
): Promise<{ keyId: string }> {
  if (!isRecipient(publicKey)) throw new HikyakuError('not-a-public-key');
  const keyId = uuidv7();
  const add = app.inOrganization(scope, async (transaction) => {
    await lockKeys(transaction);
    await requireRoomForKey(transaction);
    await addHeldKey(transaction, { id: keyId, organizationId: organization.id, publicKey, label });
    await recordAuditEvent(transaction, scope, {
      action: 'key.create',
      subject: 'key',
      subjectId: keyId,
      details: { kind: 'age', publicKey, label, heldBy: 'organization' },
    });
  });
  await add.catch((error: unknown) => {
    throw uniqueViolation.safeParse(error).success ? new HikyakuError('key-registered') : error;
  });
  return { keyId };
}
