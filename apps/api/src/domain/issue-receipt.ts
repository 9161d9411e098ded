import { findReceiptedFile, type ReceiptedFile } from '@hikyaku/db';
import type { ReceiptFile } from '@hikyaku/receipts';
import type { ReceiptFacts } from '@hikyaku/receipts/issue';
import { describeFileError } from '@hikyaku/texts';
import { HikyakuError, isReceipted, type ReceiptedState, type RowCounts } from '@hikyaku/types';
import type { Caller } from '../auth/find-caller.ts';
import type { Services } from '../trpc/context.ts';

const outcomes = {
  taken_in: 'taken_in',
  stored: 'stored',
  duplicate: 'already_taken_in',
  same_content: 'already_taken_in',
  stale: 'newer_kept',
  superseded: 'newer_kept',
  refused: 'refused',
} as const satisfies Record<ReceiptedState, ReceiptFacts['outcome']>;

/**
 * A file's receipt, made of what the ledger says: nothing is kept of it, for the same outcome gives the same receipt again.
 *
 * @throws HikyakuError `not-found` for a file that isn't the organization's, `no-receipt-yet` while it may still end this way or that,
 * `no-receipt` where its upload ended and nothing arrived
 */
export async function issueReceipt(
  services: Pick<Services, 'app' | 'receipts'>,
  caller: Pick<Caller, 'scope'>,
  fileId: string,
): Promise<ReceiptFile> {
  const found = await services.app.inOrganization(caller.scope, (transaction) =>
    findReceiptedFile(transaction, fileId),
  );
  if (!found) throw new HikyakuError('not-found');
  if (found.hasEnded) throw new HikyakuError('no-receipt');
  if (!found.arrived || !isReceipted(found.arrived.arrival.state)) throw new HikyakuError('no-receipt-yet');
  return services.receipts.issue(factsOf(found.arrived, found.arrived.arrival.state));
}

function factsOf({ organization, summary, arrival, upload }: ReceiptedFile, state: ReceiptedState): ReceiptFacts {
  const { cause, counts, dataset } = summary;
  const settledAt = arrival.stateChangedAt.toISOString();
  // Whoever put an object into the bucket by themselves handed it over and stored it at once.
  const storedAt = upload?.storedAt ?? arrival.objectAt;
  return {
    outcomeOf: `${arrival.id} ${state} ${settledAt}`,
    organization: { slug: organization.slug, name: organization.name },
    dataset: { slug: dataset?.slug ?? '', name: dataset?.name ?? { ja: '', en: '' } },
    file: {
      id: summary.id,
      name: summary.fileName,
      sizeBytes: arrival.sizeBytes,
      sha256: inHex(arrival.checksumSha256),
      object: { key: arrival.key, versionId: arrival.versionId },
    },
    // Somebody sent it, also where they are no member any more.
    sender: { name: summary.sentBy ?? (upload ? '' : null), sha256: inHex(upload?.sha256 ?? null) },
    comparison: comparisonOf(summary.cause?.code, arrival.checksumSha256, upload),
    handedOverAt: arrival.objectAt.toISOString(),
    storedAt: storedAt.toISOString(),
    settledAt,
    outcome: outcomes[state],
    cause: cause && {
      code: cause.code,
      text: { ja: describeFileError(cause, 'ja').whatHappened, en: describeFileError(cause, 'en').whatHappened },
    },
    rows: counts && rowsOf(counts),
  };
}

function comparisonOf(
  causeCode: string | undefined,
  found: string | null,
  upload: ReceiptedFile['upload'],
): ReceiptFacts['comparison'] {
  if (causeCode === 'checksum-mismatch') return 'different';
  if (!found) return 'not-compared';
  if (!upload || (!upload.sha256 && !upload.isInParts)) return 'nothing-said';
  if (!upload.sha256) return 'same-parts';
  return found === upload.sha256 ? 'same' : 'different';
}

function rowsOf({ inserted, updated, rejected, ...rest }: RowCounts): ReceiptFacts['rows'] {
  return { ...rest, new: inserted, changed: updated, refused: rejected };
}

/** As `sha256sum` prints it. */
function inHex(base64: string | null): string | null {
  return base64 === null ? null : Buffer.from(base64, 'base64').toString('hex');
}
