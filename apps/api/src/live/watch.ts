import { HikyakuError } from '@hikyaku/types';
import { type Caller, mayStillRead } from '../auth/find-caller.ts';
import type { Context } from '../trpc/context.ts';

export interface Watch {
  /** Waits for the next change, at most `milliseconds`; false when the process stops or the client has gone. */
  next(milliseconds: number): Promise<boolean>;
  close(): void;
}

/**
 * What an open stream waits by. However busy or silent it is, it is asked every `sessionCheckMilliseconds` whether its
 * reader still may.
 *
 * @throws HikyakuError unauthenticated, from `next`, when the session or the membership is over
 */
export function openWatch(
  { services, caller, findCallerAgain }: Pick<Context, 'services' | 'findCallerAgain'> & { caller: Caller },
  options: { fileId?: string; signal: AbortSignal | undefined },
): Watch {
  const { hub, sessionCheckMilliseconds } = services;
  const subscription = hub.subscribe({
    organizationId: caller.organization.id,
    ...(options.fileId ? { fileId: options.fileId } : {}),
  });
  options.signal?.addEventListener('abort', () => subscription.close(), { once: true });
  let checkedAt = Date.now();
  return {
    async next(milliseconds) {
      const untilCheck = Math.max(0, checkedAt + sessionCheckMilliseconds - Date.now());
      if ((await subscription.next(Math.min(milliseconds, untilCheck))) === 'closed') return false;
      if (Date.now() - checkedAt >= sessionCheckMilliseconds) {
        if (!(await mayStillRead(caller, 'uploader', findCallerAgain))) throw new HikyakuError('unauthenticated');
        checkedAt = Date.now();
      }
      return true;
    },
    close: () => subscription.close(),
  };
}
