import { findFileSummary } from '@hikyaku/db';
import { type FileSummary, HikyakuError } from '@hikyaku/types';
import { reachesDataset, type TokenCaller } from '../auth/find-token-caller.ts';
import type { Services } from '../trpc/context.ts';

/**
 * An upload that a token may see: of its organization, and sent to one of its datasets.
 *
 * @throws HikyakuError upload-not-found, also for what others have
 */
export async function findReachableUpload(
  { app }: Pick<Services, 'app'>,
  { scope, token }: TokenCaller,
  uploadId: string,
): Promise<FileSummary> {
  const file = await app.inOrganization(scope, (transaction) => findFileSummary(transaction, uploadId));
  const isReachable = file?.dataset && file.origin !== 'foreign' && reachesDataset(token, file.dataset.slug);
  if (!isReachable) throw new HikyakuError('upload-not-found');
  return file;
}
