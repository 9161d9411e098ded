import { createApiToken, findDataset, recordAuditEvent } from '@hikyaku/db';
import { type ApiTokenScope, HikyakuError } from '@hikyaku/types';
import { v7 as uuidv7 } from 'uuid';
import { createApiTokenText } from '../auth/api-token-text.ts';
import type { Caller } from '../auth/find-caller.ts';
import type { Services } from '../trpc/context.ts';

const dayMilliseconds = 24 * 60 * 60 * 1_000;
/** A year and a day: renewed once a year, with a day's grace. */
export const longestTokenDays = 366;

export interface NewToken {
  name: string;
  scopes: ApiTokenScope[];
  datasetSlugs: string[];
  expiresInDays: number;
}

/**
 * Makes a token; its text is in this answer and nowhere else.
 *
 * @throws HikyakuError dataset-not-found
 */
export async function createToken(
  { app }: Pick<Services, 'app'>,
  { organization, person, scope }: Caller,
  { name, scopes, datasetSlugs, expiresInDays }: NewToken,
): Promise<{ tokenId: string; token: string }> {
  const tokenId = uuidv7();
  const { token, tokenHash, lastFour } = createApiTokenText();
  await app.inOrganization(scope, async (transaction) => {
    for (const slug of datasetSlugs) {
      if (!(await findDataset(transaction, { slug }))) throw new HikyakuError('dataset-not-found');
    }
    await createApiToken(transaction, {
      id: tokenId,
      organizationId: organization.id,
      name,
      tokenHash,
      lastFour,
      scopes: [...new Set(scopes)],
      datasetSlugs: [...new Set(datasetSlugs)],
      createdBy: person.id,
      expiresAt: new Date(Date.now() + expiresInDays * dayMilliseconds),
    });
    await recordAuditEvent(transaction, scope, {
      action: 'token.create',
      subject: 'api-token',
      subjectId: tokenId,
      details: { name, scopes: scopes.join(' '), datasets: datasetSlugs.join(' '), expiresInDays },
    });
  });
  return { tokenId, token };
}
