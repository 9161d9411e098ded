import { HikyakuError } from '@hikyaku/types';
import { failureOf } from './failure.ts';

/** A failed call of our API as the rest of the house knows errors, with the reference id for the help desk. */
export class CallError extends HikyakuError {
  referenceId: string | null = null;

  static of(error: unknown): CallError {
    const { code, details, retriable, referenceId } = failureOf(error);
    const callError = new CallError(code, { details, retriable, cause: error });
    callError.referenceId = referenceId;
    return callError;
  }
}
