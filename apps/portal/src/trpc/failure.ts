import type { ErrorCode, ErrorDetails } from '@hikyaku/types';
import { HikyakuError } from '@hikyaku/types';
import { TRPCClientError } from '@trpc/client';
import type { AppRouter } from './app-router.ts';

/** Why a call was not done, as `ErrorNotice` shows it. */
export interface Failure {
  code: ErrorCode;
  details: ErrorDetails;
  /** Finds the call in the API's log. */
  referenceId: string | null;
  /** The same call may succeed later without anybody changing anything. */
  retriable: boolean;
}

const retriableCodes: readonly ErrorCode[] = ['network', 'storage-unavailable', 'database-unavailable', 'rate-limited'];

export function failureOf(error: unknown): Failure {
  if (isTrpcError(error)) return failureOfCall(error);
  if (error instanceof HikyakuError) {
    const { code, details, retriable } = error;
    return { code, details, referenceId: 'referenceId' in error ? String(error.referenceId) : null, retriable };
  }
  return failureWith('internal');
}

export function failureWith(code: ErrorCode, referenceId: string | null = null): Failure {
  return { code, details: {}, referenceId, retriable: retriableCodes.includes(code) };
}

/** No answer at all, or one that is not our API's: the way there is broken, not the call. */
function failureOfCall(error: TRPCClientError<AppRouter>): Failure {
  const told = error.data?.hikyaku;
  if (!told) return failureWith('network');
  return { ...failureWith(told.code, told.referenceId), details: told.details };
}

function isTrpcError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError;
}
