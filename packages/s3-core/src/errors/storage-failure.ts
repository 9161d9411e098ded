import { S3ServiceException } from '@aws-sdk/client-s3';
import { type ErrorDetails, HikyakuError, type StorageErrorCode } from '@hikyaku/types';
import { codeOfAnswer } from './code-of-answer.ts';
import { codeOfConnectionError } from './code-of-connection-error.ts';
import { missingCredentials } from './missing-credentials.ts';
import { storageFailures } from './storage-failures.ts';

/**
 * What went wrong with S3, told as exactly as it can be: the code is one of `storageErrorCode`, `details` hold S3's own name
 * of it (`awsCode`), the HTTP `status` and the `requestId`, so that a code nobody knows yet loses nothing. Errors that are
 * ours already pass through.
 *
 * @param context.environment the process's environment, where credentials may come from it: half of a key pair there is
 *   `partial-credentials`, told apart from none at all
 * @see storageError for callers that need no more than gone, refused or away
 */
export function storageFailure(
  error: unknown,
  context: { environment?: Readonly<Record<string, string | undefined>>; details?: ErrorDetails } = {},
): HikyakuError {
  if (error instanceof HikyakuError) return error;
  const given = context.details ?? {};
  if (error instanceof S3ServiceException) {
    const { httpStatusCode: status = 0, requestId } = error.$metadata;
    const code = codeOfAnswer({ status, awsCode: error.name, message: error.message });
    const details = { ...given, awsCode: error.name, status, ...(requestId ? { requestId } : {}) };
    return failureOf(code, { details, cause: error });
  }
  if (!(error instanceof Error)) return failureOf('storage-unavailable', { details: given, cause: error });
  if (error.name === 'CredentialsProviderError') {
    const missing = missingCredentials(context.environment ?? {});
    if (missing) return failureOf('partial-credentials', { details: { ...given, missing }, cause: error });
    return failureOf('no-credentials', { details: given, cause: error });
  }
  // Not every error of a service comes as S3's: STS answers for a role, KMS for a key.
  const code = codeOfConnectionError(error) ?? codeOfAnswer({ status: 0, awsCode: error.name, message: error.message });
  return failureOf(code, { details: given, cause: error });
}

/** An error of this code, retriable where its row of the table says so. */
export function failureOf(
  code: StorageErrorCode,
  options: { details?: ErrorDetails; cause?: unknown } = {},
): HikyakuError {
  return new HikyakuError(code, { ...options, retriable: storageFailures[code].retry !== 'never' });
}
