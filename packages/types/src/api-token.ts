import { z } from 'zod';
import { datasetSlug } from './dataset-definition.ts';

/** What a token lets a script do. */
export const apiTokenScope = z.enum(['uploads:write', 'uploads:read']);
export type ApiTokenScope = z.infer<typeof apiTokenScope>;

/**
 * Why a token works, or doesn't: `ownerless` is one whose maker is no administrator of the organization any more.
 */
export const apiTokenState = z.enum(['active', 'expired', 'revoked', 'ownerless']);
export type ApiTokenState = z.infer<typeof apiTokenState>;

/** A token as administrators see it. The token itself is shown once, when it is made. */
export const apiTokenSummary = z.object({
  id: z.uuid(),
  name: z.string(),
  /** The token's end, to tell one from another. */
  lastFour: z.string().length(4),
  state: apiTokenState,
  scopes: z.array(apiTokenScope),
  /** The datasets it may send to; empty means every one. */
  datasetSlugs: z.array(datasetSlug),
  /** A person's name; null for somebody who has left. */
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** To the minute; null while it was never used. */
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiTokenSummary = z.infer<typeof apiTokenSummary>;
