import { S3ServiceException } from '@aws-sdk/client-s3';
import { HikyakuError } from '@hikyaku/types';

const gone = new Set(['NoSuchKey', 'NoSuchVersion', 'NotFound', 'PreconditionFailed']);

/** What went wrong with S3, as one of ours. A HEAD has no body, so its 403 and 404 are told apart by status alone. */
export function storageError(error: unknown): HikyakuError {
  if (error instanceof HikyakuError) return error;
  if (error instanceof S3ServiceException) {
    const status = error.$metadata.httpStatusCode ?? 0;
    const details = {
      awsCode: error.name,
      status,
      ...(error.$metadata.requestId ? { requestId: error.$metadata.requestId } : {}),
    };
    if (gone.has(error.name) || status === 404 || status === 412) {
      return new HikyakuError('object-missing', { details, cause: error });
    }
    if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
      return new HikyakuError('storage-refused', { details, cause: error });
    }
    return new HikyakuError('storage-unavailable', { details, retriable: true, cause: error });
  }
  return new HikyakuError('storage-unavailable', { retriable: true, cause: error });
}
