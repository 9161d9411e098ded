import { receiptKeysPath } from '@hikyaku/receipts';
import { type NextRequest, NextResponse } from 'next/server';
import { env } from './env.ts';
import { contentSecurityPolicy } from './security/content-security-policy.ts';
import { requestHeader } from './security/request-header.ts';
import { responseHeaders } from './security/response-headers.ts';

export const config = {
  // Built files carry their own caching and hold nothing that a policy could protect.
  matcher: ['/((?!_next/static|_next/image|icon.svg).*)'],
};

/** Calls of the API pass through, a script's too, streams unbuffered; pages get a policy with a nonce of their own. */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  if (isOfApi(pathname)) return NextResponse.rewrite(new URL(`${pathname}${search}`, env().apiUrl));

  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy({
    nonce,
    s3Origin: env().s3Origin,
    development: process.env.NODE_ENV === 'development',
  });
  const headers = new Headers(request.headers);
  headers.set(requestHeader.policy, policy);
  headers.set(requestHeader.nonce, nonce);
  headers.set(requestHeader.path, `${pathname}${search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  for (const [name, value] of responseHeaders) response.headers.set(name, value);
  return response;
}

function isOfApi(pathname: string): boolean {
  return (
    pathname.startsWith('/api/') ||
    pathname === receiptKeysPath ||
    pathname === '/openapi.json' ||
    pathname === '/v1' ||
    pathname.startsWith('/v1/')
  );
}
