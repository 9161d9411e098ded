import { type Claim, fenceRun, inOrganization, type RunOutcome, settleRun } from '@hikyaku/db/ledger';
import { dropStaging } from '@hikyaku/ingest';
import { HikyakuError } from '@hikyaku/types';
import type { Pool } from 'pg';

/** Writes how a run ended that took nothing in. False where the ledger has moved on since: then it says so itself. */
export async function settleFailedRun(pool: Pool, claim: Claim, outcome: RunOutcome): Promise<boolean> {
  try {
    await inOrganization(pool, claim.organizationId, async (client) => {
      await fenceRun(client, claim);
      await settleRun(client, claim, outcome);
      await dropStaging({ client, target: claim.target, stagingTable: claim.stagingTable });
    });
    return true;
  } catch (error) {
    if (!(error instanceof HikyakuError) || error.code !== 'claim-lost') throw error;
    return false;
  }
}
