import { planParts, streamPlan, usualPartBytes } from '@hikyaku/s3-core';
import { HikyakuError } from '@hikyaku/types';

export type UploadPlan = { method: 'single'; sizeBytes: number } | { method: 'multipart'; partSizeBytes: number };

/**
 * How an upload's bytes go: as asked for, else as fits their number.
 *
 * @throws HikyakuError invalid-input where one PUT is asked for and nobody says how long it is
 */
export function planUpload(request: {
  sizeBytes: number | undefined;
  method?: UploadPlan['method'] | undefined;
}): UploadPlan {
  const { sizeBytes, method } = request;
  if (sizeBytes === undefined) {
    if (method === 'single') throw new HikyakuError('invalid-input', { details: { field: 'sizeBytes' } });
    return { method: 'multipart', partSizeBytes: streamPlan.partSizeBytes };
  }
  const isSingle = method ? method === 'single' : sizeBytes <= usualPartBytes;
  if (isSingle) return { method: 'single', sizeBytes };
  return { method: 'multipart', partSizeBytes: planParts(sizeBytes).partSizeBytes };
}
