import { type ApiTokenScope, type ApiTokenState, type ApiTokenSummary, apiTokenScope } from '@hikyaku/types';
import type { AppTransaction } from './app-database.ts';
import type { ApiToken as Row } from './generated/prisma/client.ts';

export interface ApiToken {
  id: string;
  name: string;
  scopes: ApiTokenScope[];
  /** The datasets it may send to; empty means every one. */
  datasetSlugs: string[];
}

export interface NewApiToken extends ApiToken {
  organizationId: string;
  /** SHA-256, base64url. */
  tokenHash: string;
  lastFour: string;
  createdBy: string;
  expiresAt: Date;
}

/** A use is written down at most so often: a token in a tight loop must not write a row per request. */
const lastUseSeconds = 60;

export async function createApiToken(transaction: AppTransaction, token: NewApiToken): Promise<void> {
  await transaction.apiToken.create({ data: token });
}

/** Newest first. A few per organization: not paged. */
export async function listApiTokens(transaction: AppTransaction): Promise<ApiTokenSummary[]> {
  const rows = await transaction.apiToken.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] });
  const members = await transaction.organizationMember.findMany({ select: { personId: true, name: true, role: true } });
  const makers = new Map(members.map((member) => [member.personId, member]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    lastFour: row.lastFour,
    state: stateOf(row, makers.get(row.createdBy)?.role === 'administrator'),
    scopes: scopesOf(row),
    datasetSlugs: row.datasetSlugs,
    createdBy: makers.get(row.createdBy)?.name ?? null,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }));
}

/** False where there is none of that id that could still be revoked. */
export async function revokeApiToken(transaction: AppTransaction, apiTokenId: string): Promise<boolean> {
  const { count } = await transaction.apiToken.updateMany({
    where: { id: apiTokenId, revokedAt: null },
    data: { revokedAt: new Date() },
  });
  return count > 0;
}

/** What a token that `findApiToken` found may do; notes that it was used. Undefined where it was revoked meanwhile. */
export async function findUsableApiToken(
  transaction: AppTransaction,
  apiTokenId: string,
): Promise<ApiToken | undefined> {
  const row = await transaction.apiToken.findFirst({ where: { id: apiTokenId, revokedAt: null } });
  if (!row) return undefined;
  if (!row.lastUsedAt || row.lastUsedAt.getTime() < Date.now() - lastUseSeconds * 1_000) {
    await transaction.apiToken.updateMany({ where: { id: apiTokenId }, data: { lastUsedAt: new Date() } });
  }
  return { id: row.id, name: row.name, scopes: scopesOf(row), datasetSlugs: row.datasetSlugs };
}

function stateOf(row: Row, isMakerAdministrator: boolean): ApiTokenState {
  if (row.revokedAt) return 'revoked';
  if (row.expiresAt.getTime() <= Date.now()) return 'expired';
  return isMakerAdministrator ? 'active' : 'ownerless';
}

/** A newer release may have written a scope that this one doesn't know: it gives nothing here. */
function scopesOf(row: Row): ApiTokenScope[] {
  return row.scopes.flatMap((scope) => apiTokenScope.safeParse(scope).data ?? []);
}
