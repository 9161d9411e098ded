import type { ErrorCode, ErrorDetails, FileErrorCode, Locale } from '@hikyaku/types';
import type { ErrorText } from './error-text.ts';

/** Why a request was not done, in three parts. Of the codes that a file can have too, this is the request's text. */
export function describeError(_error: { code: ErrorCode; details?: ErrorDetails }, locale: Locale): ErrorText {
  return locale === 'ja'
    ? {
        whatHappened: '処理を完了できませんでした。',
        whatBecameOfFile: null,
        whatToDo: 'しばらくしてからもう一度お試しください。',
      }
    : { whatHappened: 'This could not be done.', whatBecameOfFile: null, whatToDo: 'Try again in a moment.' };
}

/** Why a file was not taken in, in three parts. */
export function describeFileError(cause: { code: FileErrorCode; details?: ErrorDetails }, locale: Locale): ErrorText {
  return describeError(cause, locale);
}
