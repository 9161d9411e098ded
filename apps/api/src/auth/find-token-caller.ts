import { type AppDatabase, type ApiToken, findOrganization, findUsableApiToken } from '@hikyaku/db';
import type { Actor } from './actor.ts';
import { hashApiToken } from './api-token-text.ts';

/** A script that carries a token: an uploader of the token's organization, within the token's scopes and datasets. */
export interface TokenCaller extends Actor {
  token: ApiToken;
}

/** Undefined for a token that is unknown, revoked, expired, or whose maker is no administrator any more. */
export async function findTokenCaller(app: AppDatabase, token: string): Promise<TokenCaller | undefined> {
  const found = await app.findApiToken(hashApiToken(token));
  if (!found) return undefined;
  const scope = { organizationId: found.organizationId, actorId: found.apiTokenId };
  return app.inOrganization(scope, async (transaction) => {
    const usable = await findUsableApiToken(transaction, found.apiTokenId);
    const organization = await findOrganization(transaction);
    return usable && organization ? { organization, scope, token: usable } : undefined;
  });
}

/** Whether a token may send to a dataset, and see what was sent to it. */
export function reachesDataset({ datasetSlugs }: ApiToken, slug: string): boolean {
  return datasetSlugs.length === 0 || datasetSlugs.includes(slug);
}
