import { findFileSummary, listChangedFiles, newestSequence } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

const checkMilliseconds = 15_000;
const mostPerLook = 200;

/**
 * The files of the organization that change, one event each, in commit order. `lastEventId` is a timeline sequence:
 * after a drop everything that changed since comes first.
 */
export const watchFileListProcedure = procedureFor('uploader')
  .input(z.object({ lastEventId: z.string().regex(/^\d{1,18}$/).nullish() }).optional())
  .subscription(async function* ({ ctx, input, signal }) {
    const { app, hub } = ctx.services;
    const { scope } = ctx.caller;
    const subscription = hub.subscribe({ organizationId: scope.organizationId });
    signal?.addEventListener('abort', () => subscription.close(), { once: true });
    try {
      let position = input?.lastEventId
        ? BigInt(input.lastEventId)
        : await app.inOrganization(scope, newestSequence);
      for (;;) {
        const changes = await app.inOrganization(scope, async (transaction) => {
          const changed = await listChangedFiles(transaction, position, mostPerLook);
          return Promise.all(
            changed.map(async ({ fileId, sequence }) => ({ sequence, file: await findFileSummary(transaction, fileId) })),
          );
        });
        for (const { sequence, file } of changes) {
          position = sequence;
          if (file) yield tracked(String(sequence), file);
        }
        if (changes.length > 0) continue;
        const outcome = await subscription.next(checkMilliseconds);
        if (outcome === 'closed') return;
        if (outcome === 'timeout' && !(await ctx.findCaller())) throw new HikyakuError('unauthenticated');
      }
    } finally {
      subscription.close();
    }
  });
