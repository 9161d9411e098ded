import { errorCode, HikyakuError } from '@hikyaku/types';
import { CommandFailure } from '../command-failure.ts';
import { problem } from './answers.ts';
import type { HttpAnswer } from './fetch.ts';
import { readJson, UnreadableAnswer } from './read-json.ts';

/** Longer than any problem. */
const mostBytes = 1024 * 1024;

/** What an answer that is no success means; the words of a code that only a newer server knows are the server's own. */
export async function problemError(answer: HttpAnswer, origin: string): Promise<HikyakuError | CommandFailure> {
  const { status } = answer;
  const location = answer.headers.get('location');
  if (status >= 300 && status < 400 && location !== null) {
    return new CommandFailure('redirected', { url: origin, status, location });
  }
  const told = await readJson(answer, mostBytes).catch((error: unknown) => {
    // A page instead of a problem says by its status whose it is.
    if (!(error instanceof UnreadableAnswer)) throw error;
  });
  const { data } = problem.safeParse(told);
  if (!data) {
    // A proxy or a load balancer: of its own troubles it says 5xx, and 429 of too many requests.
    if (status >= 500 || status === 429) return new HikyakuError('network', { retriable: true, details: { status } });
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
