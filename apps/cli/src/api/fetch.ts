import type { Environment } from '../env.ts';

/** What of `fetch` the command uses: Node's own, or undici's where there is a proxy. */
export type Fetch = (url: URL, request: HttpRequest) => Promise<HttpAnswer>;

interface HttpRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: 'manual';
  signal: AbortSignal;
}

export interface HttpAnswer {
  ok: boolean;
  status: number;
  headers: { get: (name: string) => string | null };
  body: AsyncIterable<Uint8Array> | null;
}

/** Node's own knows proxies only where it was started so. */
export async function chooseFetch({ isProxied }: Environment): Promise<Fetch> {
  if (!isProxied) return fetch;
  const { EnvHttpProxyAgent, fetch: fetchThrough } = await import('undici');
  const dispatcher = new EnvHttpProxyAgent();
  return (url, request) => fetchThrough(url, { ...request, dispatcher });
}
