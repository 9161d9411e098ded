import { createHash, randomBytes } from 'node:crypto';

/** Where scanners for leaked secrets, and people, know it by. */
const prefix = 'hky_';

/** `hky_` and 256 random bits; to be shown once. */
export function createApiTokenText(): { token: string; tokenHash: string; lastFour: string } {
  const token = prefix + randomBytes(32).toString('base64url');
  return { token, tokenHash: hashApiToken(token), lastFour: token.slice(-4) };
}

/** All the database knows of a token. Unsalted: the token itself is as random as a key. */
export function hashApiToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

/** The token of an `Authorization` header (RFC 6750); undefined where it holds nothing of our form. */
export function readBearerToken(authorization: string | undefined): string | undefined {
  return /^Bearer +(hky_[\w-]{43}) *$/i.exec(authorization ?? '')?.[1];
}
