import { findFile } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { openWatch } from '../../live/watch.ts';
import { procedureFor } from '../../trpc/init.ts';

/** While rows are read there are no transitions to announce: look once a second for how far it is. */
const progressMilliseconds = 1_000;
/** Heals a lost announcement. */
const lookMilliseconds = 15_000;

/**
 * A file, whole, whenever something of it changed. Each event carries everything, so resuming after a drop is reading
 * once more; the id only lets an unchanged file stay unsent.
 */
export const watchFileProcedure = procedureFor('uploader')
  .input(z.object({ fileId: z.uuid(), lastEventId: z.string().max(400).nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    const watch = openWatch(ctx, { fileId: input.fileId, signal });
    let sent = input.lastEventId ?? '';
    try {
      for (;;) {
        const file = await ctx.services.app.inOrganization(ctx.caller.scope, (transaction) =>
          findFile(transaction, input.fileId),
        );
        if (!file) throw new HikyakuError('not-found');
        const version = `${file.timeline.at(-1)?.id}.${file.progress?.rowsRead ?? 0}`;
        if (version !== sent) yield tracked(version, file);
        sent = version;
        if (!(await watch.next(file.state === 'taking_in' ? progressMilliseconds : lookMilliseconds))) return;
      }
    } finally {
      watch.close();
    }
  });
