import { errorCode, HikyakuError } from '@hikyaku/types';
import { CommandFailure } from '../command-failure.ts';
import { problem } from './answers.ts';
import type { HttpAnswer } from './fetch.ts';

/** What an answer that is no success means; the words of a code that only a newer server knows are the server's own. */
export async function problemError(answer: HttpAnswer, origin: string): Promise<HikyakuError | CommandFailure> {
  const { status } = answer;
  const location = answer.headers.get('location');
  if (status >= 300 && status < 400 && location !== null) {
    return new CommandFailure('redirected', { url: origin, status, location });
  }
  const told = await answer.json().catch((error: unknown) => {
    // A page instead of a problem is whole, and says by its status whose it is.
    if (!(error instanceof SyntaxError)) throw brokenAnswer(error, status);
  });
  const { data } = problem.safeParse(told);
  if (!data) {
    // A proxy or a load balancer: of its own troubles it says 5xx.
    if (status >= 500) return new HikyakuError('network', { retriable: true, details: { status } });
    return new CommandFailure('not-our-server', { url: origin, status });
  }
  const { details, referenceId, retriable } = data;
  const code = errorCode.safeParse(data.code).data;
  if (!code) return new CommandFailure('server-said', { status, text: data.detail });
  return new HikyakuError(code, {
    details: { ...details, ...(status >= 500 ? { referenceId } : {}) },
    retriable: retriable || status >= 500 || status === 429,
  });
}

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|ERR_TLS/;

/** What it means that no answer came. */
export function connectionError(error: unknown, origin: string): HikyakuError | CommandFailure {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (untrusted.test(code))
    return new CommandFailure('untrusted-server', { url: origin, cause: code }, { cause: error });
  return new HikyakuError('network', { retriable: true, details: code ? { cause: code } : {}, cause: error });
}

const brokenOff = 'answer-broken-off';
const unreadable = 'answer-unreadable';

/** What it means that an answer was none: cut off, or the page of something on the way. The next one may well be whole. */
export function brokenAnswer(error: unknown, status: number): HikyakuError {
  const cause = error instanceof SyntaxError ? unreadable : brokenOff;
  return new HikyakuError('network', { retriable: true, details: { status, cause }, cause: error });
}

/** Whether all of it came, and was nothing that Hikyaku writes. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof HikyakuError && error.code === 'network' && error.details['cause'] === unreadable;
}
