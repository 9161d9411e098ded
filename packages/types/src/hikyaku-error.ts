import type { ErrorCode, ErrorDetails } from './error-codes.ts';

/**
 * Every failure that can reach a person. `message` is for logs; the text for people comes from
 * `describeError(error, locale)` in `@hikyaku/texts`. Decide by `code`, never by `message`.
 */
export class HikyakuError extends Error {
  override readonly name = 'HikyakuError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  /** The same call may succeed later without anybody changing anything. */
  readonly retriable: boolean;

  constructor(code: ErrorCode, options: { details?: ErrorDetails; retriable?: boolean; cause?: unknown } = {}) {
    super(`${code}${options.details ? ` ${JSON.stringify(options.details)}` : ''}`, { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
    this.retriable = options.retriable ?? false;
  }
}
