import { listOrganizationKeys } from '@hikyaku/db';
import { fingerprintOf } from '@hikyaku/encryption';
import { z } from 'zod';
import { procedureFor } from '../../trpc/init.ts';

const key = z.object({
  id: z.uuid(),
  /** For `age -r`. */
  publicKey: z.string(),
  fingerprint: z.string(),
  /** Who has the private part: a worker of ours, or the organization alone. */
  heldBy: z.enum(['worker', 'organization']),
  label: z.string().nullable(),
  createdAt: z.iso.datetime(),
  retiredAt: z.iso.datetime().nullable(),
});

export const listKeysProcedure = procedureFor('uploader')
  .output(z.array(key))
  .query(async ({ ctx }) => {
    const keys = await ctx.services.app.inOrganization(ctx.caller.scope, listOrganizationKeys);
    return keys.map(({ createdAt, retiredAt, ...key }) => ({
      ...key,
      fingerprint: fingerprintOf(key.publicKey),
      createdAt: createdAt.toISOString(),
      retiredAt: retiredAt?.toISOString() ?? null,
    }));
  });
