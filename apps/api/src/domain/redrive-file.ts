import { recordAuditEvent, redriveFile as redrive } from '@hikyaku/db';
import { HikyakuError } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';

/**
 * Puts a file that failed, or that was refused for what can be changed, in line again.
 *
 * @throws HikyakuError not-found, not-redrivable
 */
export async function redriveFile(services: Pick<Services, 'app'>, actor: Actor, fileId: string): Promise<void> {
  await services.app.inOrganization(actor.scope, async (transaction) => {
    const { answer, arrivalId } = await redrive(transaction, fileId);
    if (answer !== 'queued' || !arrivalId) throw new HikyakuError(answer === 'queued' ? 'not-found' : answer);
    await recordAuditEvent(transaction, actor.scope, {
      action: 'file.redrive',
      subject: 'arrival',
      subjectId: arrivalId,
    });
  });
}
