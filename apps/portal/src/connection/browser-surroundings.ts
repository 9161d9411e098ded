import { sendBodyWithXhr } from '@hikyaku/upload-client';
import type { UploadSurroundings } from '@hikyaku/upload-client/diagnosis';
import type { TRPCClient } from '@trpc/client';
import type { AppRouter } from '../trpc/app-router.ts';
import { CallError } from '../trpc/call-error.ts';

export interface BrowserSurroundings extends UploadSurroundings, Disposable {}

/** A request is refused before its violation is told. */
const violationMilliseconds = 200;

/** This page and its browser as a diagnosis wants them. Listens until it is disposed of. */
export function browserSurroundings(api: TRPCClient<AppRouter>): BrowserSurroundings {
  const blocked = new Set<string>();
  const note = ({ blockedURI }: SecurityPolicyViolationEvent) => {
    if (URL.canParse(blockedURI)) blocked.add(new URL(blockedURI).origin);
  };
  document.addEventListener('securitypolicyviolation', note);
  return {
    isOnline: () => navigator.onLine,
    now: () => new Date(),
    pageOrigin: location.origin,
    siteFile: { url: '/icon.svg', contentType: 'image/svg+xml' },
    fetch: (url, init) => fetch(url, init),
    send: sendBodyWithXhr,
    askServer: async (signal) => {
      try {
        return await api.uploads.signProbes.mutate(undefined, { signal });
      } catch (error) {
        throw CallError.of(error);
      }
    },
    hasPolicyBlocked: async (origin) => {
      await new Promise((resolve) => setTimeout(resolve, violationMilliseconds));
      return blocked.has(origin);
    },
    [Symbol.dispose]: () => document.removeEventListener('securitypolicyviolation', note),
  };
}
