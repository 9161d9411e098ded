import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { requestHeader } from '../security/request-header.ts';
import { failureOf } from './failure.ts';
import { PageError } from './page-error.ts';

/** What a page can't do without. No session leads to signing in and back; what is not theirs to see does not exist. */
export async function load<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code === 'unauthenticated') redirect(await signInPath());
    if (failure.code === 'not-found' || failure.code === 'invalid-input') notFound();
    throw new PageError(failure);
  }
}

async function signInPath(): Promise<string> {
  const path = (await headers()).get(requestHeader.path) ?? '/';
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}
