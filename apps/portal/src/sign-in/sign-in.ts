'use client';

import { type Failure, failureWith } from '../trpc/failure.ts';

/** Asks for a session. What went wrong is a value: a wrong password is nothing exceptional. */
export async function signIn(credentials: { email: string; password: string }): Promise<'signed-in' | Failure> {
  try {
    const answer = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(credentials),
    });
    return answer.ok ? 'signed-in' : failureOfAnswer(answer);
  } catch {
    return failureWith('network');
  }
}

function failureOfAnswer({ status, headers }: Response): Failure {
  const referenceId = headers.get('x-reference-id');
  if (status === 429) return failureWith('rate-limited', referenceId);
  if (status === 502 || status === 503 || status === 504) return failureWith('network', referenceId);
  // 400 is an address that is none; which of the two was wrong is nobody's business.
  return failureWith(status < 500 ? 'wrong-credentials' : 'internal', referenceId);
}
