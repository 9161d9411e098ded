import type { Page, Request } from '@playwright/test';

/** One PUT to storage as the browser did it; `endedAt` is missing while it is under way. */
export interface WatchedPut {
  url: string;
  partNumber: number | null;
  headers: Record<string, string>;
  beganAt: number;
  endedAt?: number;
  failed?: boolean;
}

/** Every PUT that a page sends from now on. */
export function watchPuts(page: Page): WatchedPut[] {
  const puts = new Map<Request, WatchedPut>();
  const seen: WatchedPut[] = [];
  page.on('request', (request) => {
    if (request.method() !== 'PUT') return;
    const partNumber = new URL(request.url()).searchParams.get('partNumber');
    const put = {
      url: request.url(),
      partNumber: partNumber === null ? null : Number(partNumber),
      headers: request.headers(),
      beganAt: performance.now(),
    };
    puts.set(request, put);
    seen.push(put);
  });
  const end = (request: Request, failed: boolean) => {
    const put = puts.get(request);
    if (put) Object.assign(put, { endedAt: performance.now(), failed });
  };
  page.on('requestfinished', (request) => end(request, false));
  page.on('requestfailed', (request) => end(request, true));
  return seen;
}

/** The most that were under way at the same time. */
export function mostAtOnce(puts: readonly WatchedPut[]): number {
  return Math.max(
    ...puts.map(
      ({ beganAt }) => puts.filter((other) => other.beganAt <= beganAt && (other.endedAt ?? Infinity) > beganAt).length,
    ),
  );
}
