import { findFileSummary } from '@hikyaku/db';
import { type FileSummary, isSettled } from '@hikyaku/types';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../trpc/context.ts';

/** Heals a lost announcement. */
const lookMilliseconds = 10_000;

/**
 * A file as soon as nothing more will happen to it, or as it is after `seconds`, or when whoever asked has gone. Woken by
 * what is announced: the database is read when something changed.
 */
export async function waitUntilSettled(
  { app, hub }: Pick<Services, 'app' | 'hub'>,
  { organization, scope }: Actor,
  fileId: string,
  options: { seconds: number; signal: AbortSignal },
): Promise<FileSummary | undefined> {
  const end = Date.now() + options.seconds * 1_000;
  // Before the first look: what changes after it is not missed.
  const subscription = hub.subscribe({ organizationId: organization.id, fileId });
  options.signal.addEventListener('abort', () => subscription.close(), { once: true });
  try {
    for (;;) {
      const file = await app.inOrganization(scope, (transaction) => findFileSummary(transaction, fileId));
      const left = end - Date.now();
      if (!file || isSettled(file.state) || left <= 0) return file;
      if ((await subscription.next(Math.min(left, lookMilliseconds))) === 'closed') return file;
    }
  } finally {
    subscription.close();
  }
}
