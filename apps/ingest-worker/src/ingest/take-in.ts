import type { S3Client } from '@aws-sdk/client-s3';
import { exceedsRejectLimit, rejectLimit } from '@hikyaku/datasets/reading';
import {
  beginInOrganization,
  type Claim,
  fenceRun,
  moveWatermark,
  noteLayers,
  readOutcome,
  refuseSameContent,
  settleRun,
} from '@hikyaku/db/ledger';
import type { KeyStore } from '@hikyaku/encryption/key-store';
import {
  type ContentLayers,
  copyRefusedLines,
  copyRejects,
  dropStaging,
  type FileForm,
  keepRefusedLines,
  mergeStaging,
  type StagedObject,
  stageObject,
  type ValidatedStaging,
  validateStaging,
} from '@hikyaku/ingest';
import type { Logger } from '@hikyaku/telemetry';
import type { Pool, PoolClient } from 'pg';
import type { RunObserver } from '../run-points.ts';
import { connectForRun } from './connect-for-run.ts';
import type { KeptClaim } from './keep-claim.ts';
import { openFile } from './open-file.ts';

export interface TakeInDependencies {
  /** For short statements. */
  pool: Pool;
  /** For what lasts as long as the file. */
  runPool: Pool;
  s3: S3Client;
  /** Undefined where this worker has no private keys. */
  keyStore: KeyStore | undefined;
  silenceSeconds: number;
  logger: Logger;
  announce: () => void;
  observer: RunObserver;
}

/** What is staged and checked: `rejected` counts lines refused for their form and for their cells. */
interface CheckedStaging {
  staged: StagedObject;
  layers: ContentLayers;
  checksumSha256: string;
  rejected: number;
  expectedStagedRows: number;
  /** Undefined where no line was refused. */
  form: FileForm | undefined;
}

/**
 * Takes a claimed file in: fetch → verify → decrypt → decompress → stage, then validate, each committed by itself, then
 * merge and ledger in one transaction. Throws what stopped it; until the last commit nothing of the file is in the table.
 */
export async function takeIn(dependencies: TakeInDependencies, claim: Claim, kept: KeptClaim): Promise<void> {
  const { client, release } = await connectForRun(dependencies.runPool, kept.signal);
  let isBroken = false;
  try {
    const checked = await stageAndValidate(dependencies, claim, kept, client);
    await commit(dependencies, claim, kept, client, checked);
  } catch (error) {
    // Whatever state the connection is in, it doesn't go back among the good ones.
    isBroken = true;
    throw error;
  } finally {
    release(isBroken);
  }
}

async function stageAndValidate(
  dependencies: TakeInDependencies,
  claim: Claim,
  kept: KeptClaim,
  client: PoolClient,
): Promise<CheckedStaging> {
  const { definition } = claim.dataset;
  const { target, stagingTable, timeZone } = claim;
  const { announce, observer } = dependencies;
  const { signal } = kept;
  await kept.enter('loading');
  announce();
  const file = await openFile(dependencies, claim, signal);
  const staged = await stageObject({
    client,
    target,
    definition,
    stagingTable,
    source: observer.watch(['decrypt-half', 'copy-half'], claim.object.key, file.content),
    timeZone,
    borrow: () => connectForRun(dependencies.runPool, signal),
    signal,
    onProgress: ({ rowsRead }) => kept.progress({ rowsRead, bytesRead: file.bytesRead() }),
  });
  const checksumSha256 = file.checksumSha256();
  await observer.reach('verified', claim.object.key);
  kept.progress({ rowsRead: staged.rowsRead, bytesRead: file.bytesRead() });
  await kept.enter('validating');
  announce();
  const { headerCells } = staged;
  const validated: ValidatedStaging = await validateStaging({
    client,
    target,
    definition,
    stagingTable,
    headerCells,
    timeZone,
    signal,
  });
  const rejected = staged.structuralRejects + validated.rejected;
  const form = rejected === 0 ? undefined : await readRefusedLines(dependencies, claim, signal, client);
  return {
    staged,
    layers: file.layers,
    checksumSha256,
    rejected,
    expectedStagedRows: staged.rowsStaged - validated.rejected,
    form,
  };
}

async function readRefusedLines(
  dependencies: TakeInDependencies,
  claim: Claim,
  signal: AbortSignal,
  client: PoolClient,
): Promise<FileForm> {
  const { target, stagingTable } = claim;
  const { definition } = claim.dataset;
  const { content: source } = await openFile(dependencies, claim, signal);
  return keepRefusedLines({ client, target, definition, stagingTable, source, signal });
}

/** Merge, rejects and ledger: all of it or nothing, and only while the claim is still ours. */
async function commit(
  dependencies: TakeInDependencies,
  claim: Claim,
  kept: KeptClaim,
  client: PoolClient,
  { staged, layers, checksumSha256, rejected, expectedStagedRows, form }: CheckedStaging,
): Promise<void> {
  const { pool, announce, logger, observer } = dependencies;
  const { definition } = claim.dataset;
  const { target, stagingTable, timeZone } = claim;
  await kept.enter('merging');
  announce();
  await observer.reach('before-merge', claim.object.key);
  await beginInOrganization(client, claim.organizationId);
  await fenceRun(client, claim);
  await refuseSameContent(client, claim, checksumSha256);
  const isRefused = exceedsRejectLimit(definition, { read: staged.rowsRead, rejected });
  const counts = { read: staged.rowsRead, rejected, inserted: 0, updated: 0, unchanged: 0, repeated: 0, deleted: 0 };
  let isStale = false;
  if (!isRefused) {
    const merged = await mergeStaging({
      client,
      target,
      definition,
      stagingTable,
      expectedStagedRows,
      sourcePosition: claim.sourcePosition,
      arrivalId: claim.arrivalId,
      timeZone,
      onWaitingForLock: () => {
        kept
          .enter('waiting_for_lock')
          .then(announce, (error: unknown) => logger.warn({ err: error }, 'stage not shown'));
      },
    });
    const { isStale: hasNothingNew, ...rows } = merged;
    isStale = hasNothingNew;
    Object.assign(counts, rows);
  }
  await copyRejects({
    client,
    target,
    stagingTable,
    organizationId: claim.organizationId,
    arrivalId: claim.arrivalId,
    ingestRunId: claim.runId,
    rejectedRows: rejected,
  });
  if (form) {
    const { organizationId, arrivalId } = claim;
    await copyRefusedLines({ client, target, stagingTable, organizationId, arrivalId, form });
  }
  await dropStaging({ client, target, stagingTable });
  await noteLayers(client, claim, { ...layers, encoding: staged.encoding, format: definition.format });
  const cause = {
    code: 'too-many-rejects',
    details: { rejected, limit: rejectLimit(definition, staged.rowsRead), read: staged.rowsRead },
  } as const;
  const becomes = isRefused ? 'refused' : isStale ? 'stale' : 'taken_in';
  await settleRun(
    client,
    claim,
    becomes === 'refused'
      ? { kind: becomes, cause, counts, checksumSha256 }
      : { kind: becomes, counts, checksumSha256 },
  );
  if (becomes === 'taken_in') await moveWatermark(client, claim);
  await observer.reach('before-commit', claim.object.key);
  // Past this point only the ledger can say what happened.
  kept.signal.throwIfAborted();
  await client.query('COMMIT').catch(async (error: unknown) => {
    const state = await readOutcome(pool, claim);
    if (state !== becomes) throw error;
    logger.warn({ err: error }, 'connection lost at the commit, which had happened');
  });
  await observer.reach('after-commit', claim.object.key);
  logger.info({ counts }, becomes.replace('_', ' '));
}
