import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, mailed once. */
export function createInvitationToken(): { token: string; tokenHash: string } {
  const token = randomBytes(32).toString('base64url');
  return { token, tokenHash: hashInvitationToken(token) };
}

/** All the database knows of a token. Unsalted: the token itself is as random as a key. */
export function hashInvitationToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
