import { S3ServiceException } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';
import { codeOfAnswer } from './code-of-answer.ts';
import { storageFailures } from './storage-failures.ts';

/**
 * What went wrong with S3, told by three codes: `object-missing`, `storage-refused`, and `storage-unavailable` (retriable).
 *
 * @see storageFailure for what it was exactly
 */
export function storageError(error: unknown): HikyakuError {
  if (error instanceof HikyakuError) return error;
  if (!(error instanceof S3ServiceException)) {
    return new HikyakuError('storage-unavailable', { retriable: true, cause: error });
  }
  const { httpStatusCode: status = 0, requestId } = error.$metadata;
  const details = { awsCode: error.name, status, ...(requestId ? { requestId } : {}) };
  // What is gone is gone whatever it is called.
  const isGone = status === 404 || status === 412;
  const { coarse } = storageFailures[isGone ? 'no-such-key' : codeOfAnswer({ status, awsCode: error.name })];
  return new HikyakuError(coarse, { details, retriable: coarse === 'storage-unavailable', cause: error });
}
