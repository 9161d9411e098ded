import type { ErrorCode, ErrorDetails, FileErrorCode, Locale, StorageErrorCode } from '@hikyaku/types';
import { readDetails } from './detail-reader.ts';
import type { ErrorText, ErrorTextMaker } from './error-text.ts';
import { fileErrorTexts } from './file-error-texts.ts';
import { requestErrorTexts } from './request-error-texts.ts';
import { storageErrorTexts } from './storage-error-texts.ts';

// Of a code that is in several, a request's text wins here; a file's cause has `describeFileError`, and what went wrong
// between us and S3 `describeStorageError`.
const allTexts = { ...storageErrorTexts, ...fileErrorTexts, ...requestErrorTexts } satisfies Record<
  ErrorCode,
  ErrorTextMaker
>;

/** Why a request was not done, in three parts. A `HikyakuError` can be handed over as it is. */
export function describeError(error: { code: ErrorCode; details?: ErrorDetails }, locale: Locale): ErrorText {
  return allTexts[error.code][locale](readDetails(error.details ?? {}, locale));
}

/** Why a file was not taken in, in three parts: for the `cause` of a file or of a step on its timeline. */
export function describeFileError(cause: { code: FileErrorCode; details?: ErrorDetails }, locale: Locale): ErrorText {
  return fileErrorTexts[cause.code][locale](readDetails(cause.details ?? {}, locale));
}

/**
 * Why something was not read from S3 or written to it, in three parts: for whoever works with S3 itself, as the command and
 * its scripts do. The file of the second part is the one on their own disk.
 */
export function describeStorageError(
  error: { code: StorageErrorCode; details?: ErrorDetails },
  locale: Locale,
): ErrorText {
  return storageErrorTexts[error.code][locale](readDetails(error.details ?? {}, locale));
}
