import { findFileSummaries, listChangedFiles, newestSequence } from '@hikyaku/db';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { openWatch } from '../../live/watch.ts';
import { procedureFor } from '../../trpc/init.ts';

/** Heals a lost announcement. */
const lookMilliseconds = 15_000;
const mostPerLook = 200;

/**
 * The files of the organization that change, one event each, in commit order. `lastEventId` is a timeline sequence:
 * after a drop everything that changed since comes first.
 */
export const watchFileListProcedure = procedureFor('uploader')
  .input(
    z
      .object({
        lastEventId: z
          .string()
          .regex(/^\d{1,18}$/)
          .nullish(),
      })
      .optional(),
  )
  .subscription(async function* ({ ctx, input, signal }) {
    const { app } = ctx.services;
    const { scope } = ctx.caller;
    const watch = openWatch(ctx, { signal });
    try {
      let position = input?.lastEventId ? BigInt(input.lastEventId) : await app.inOrganization(scope, newestSequence);
      for (;;) {
        const changes = await app.inOrganization(scope, async (transaction) => {
          const changed = await listChangedFiles(transaction, position, mostPerLook);
          const files = await findFileSummaries(
            transaction,
            changed.map(({ fileId }) => fileId),
          );
          return changed.map(({ fileId, sequence }) => ({ sequence, file: files.get(fileId) }));
        });
        for (const { sequence, file } of changes) {
          position = sequence;
          if (file) yield tracked(String(sequence), file);
        }
        // A full look may not have been the last one.
        if (!(await watch.next(changes.length > 0 ? 0 : lookMilliseconds))) return;
      }
    } finally {
      watch.close();
    }
  });
