import type { ErrorCode, ErrorDetails, FileErrorCode, Locale } from '@hikyaku/types';
import { readDetails } from './detail-reader.ts';
import type { ErrorText, ErrorTextMaker } from './error-text.ts';
import { fileErrorTexts } from './file-error-texts.ts';
import { requestErrorTexts } from './request-error-texts.ts';

// Of a code that is in both, a request's text wins here; a file's cause has `describeFileError`.
const allTexts = { ...fileErrorTexts, ...requestErrorTexts } satisfies Record<ErrorCode, ErrorTextMaker>;

/** Why a request was not done, in three parts. A `HikyakuError` can be handed over as it is. */
export function describeError(error: { code: ErrorCode; details?: ErrorDetails }, locale: Locale): ErrorText {
  return allTexts[error.code][locale](readDetails(error.details ?? {}, locale));
}

/** Why a file was not taken in, in three parts: for the `cause` of a file or of a step on its timeline. */
export function describeFileError(cause: { code: FileErrorCode; details?: ErrorDetails }, locale: Locale): ErrorText {
  return fileErrorTexts[cause.code][locale](readDetails(cause.details ?? {}, locale));
}
