import type { Locale } from '@hikyaku/types';
import { env } from '../env.ts';
import { failureWith } from '../trpc/failure.ts';
import { PageError } from '../trpc/page-error.ts';
import { type ApiDocument, apiDocument } from './api-document.ts';

const timeoutMilliseconds = 15_000;

/** The API's own description of itself, in a language. */
export async function loadApiDocument(locale: Locale): Promise<ApiDocument> {
  const answer = await fetch(`${env().apiUrl}/openapi.json`, {
    headers: { 'accept-language': locale },
    cache: 'no-store',
    signal: AbortSignal.timeout(timeoutMilliseconds),
  }).catch(() => {
    throw new PageError(failureWith('network'));
  });
  return apiDocument.parse(await answer.json());
}
