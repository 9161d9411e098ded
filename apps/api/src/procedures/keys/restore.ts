import { isKeyRetired, lockKeys, recordAuditEvent, restoreOrganizationKey } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import { z } from 'zod';
import { requireRoomForKey } from '../../domain/require-room-for-key.ts';
import { procedureFor } from '../../trpc/init.ts';

/** Takes a retirement back. There may be no more keys in use for it than by adding. */
export const restoreKeyProcedure = procedureFor('administrator')
  .input(z.object({ keyId: z.uuid() }))
  .output(z.object({}))
  .mutation(async ({ ctx, input }) => {
    const { scope } = ctx.caller;
    await ctx.services.app.inOrganization(scope, async (transaction) => {
      await lockKeys(transaction);
      if (!(await isKeyRetired(transaction, input.keyId))) throw new HikyakuError('not-found');
      await requireRoomForKey(transaction);
      await restoreOrganizationKey(transaction, input.keyId);
      await recordAuditEvent(transaction, scope, { action: 'key.restore', subject: 'key', subjectId: input.keyId });
    });
    return {};
  });
