import type { ArrivalState, FileSummary } from '@hikyaku/types';
import type { AppTransaction } from '../app-database.ts';
import { actorNames } from '../actor-names.ts';
import { findOrganization, type OrganizationProfile } from '../organization-profile.ts';
import { toFileSummary } from './file-columns.ts';

/** What the ledger knows of an object that arrived, for a receipt. */
export interface ReceiptedFile {
  organization: OrganizationProfile;
  summary: FileSummary;
  arrival: {
    id: string;
    state: ArrivalState;
    key: string;
    versionId: string;
    sizeBytes: number;
    /** In base64, of the bytes as they are stored; null where nobody has read them to the end. */
    checksumSha256: string | null;
    recordedAt: Date;
    /** When it was handed over: an upload when it was begun, another object when S3 had it. */
    objectAt: Date;
    stateChangedAt: Date;
  };
  /**
   * Null for an object that came without an upload. `storedAt`: when storage was known to have it, be it that the upload had been cancelled or
   * had expired before.
   */
  upload: { sha256: string | null; isInParts: boolean; storedAt: Date } | null;
}

/** Undefined for a file that isn't there; `arrived` is, where nothing of it has arrived: not yet, or, as `hasEnded` says, never. */
export async function findReceiptedFile(
  transaction: AppTransaction,
  fileId: string,
): Promise<{ arrived: ReceiptedFile | undefined; hasEnded: boolean } | undefined> {
  const row = await transaction.file.findUnique({ where: { id: fileId } });
  if (!row) return undefined;
  const organization = await findOrganization(transaction);
  const arrival = row.arrivalId ? await transaction.arrival.findUnique({ where: { id: row.arrivalId } }) : null;
  const hasEnded = !arrival && (row.uploadState === 'aborted' || row.uploadState === 'expired');
  if (!arrival || !organization) return { arrived: undefined, hasEnded };
  const upload = row.uploadId
    ? await transaction.upload.findUnique({
        where: { id: row.uploadId },
        select: { id: true, sha256: true, partSizeBytes: true },
      })
    : null;
  const { createdAt: recordedAt, sizeBytes, ...rest } = arrival;
  return {
    hasEnded,
    arrived: {
      organization,
      summary: toFileSummary(row, await actorNames(transaction)),
      arrival: { ...rest, recordedAt, sizeBytes: Number(sizeBytes) },
      upload: upload && {
        sha256: upload.sha256,
        isInParts: upload.partSizeBytes !== null,
        storedAt: (await findStoredAt(transaction, upload.id)) ?? arrival.createdAt,
      },
    },
  };
}

/** Undefined for an upload that ended otherwise: its object came all the same. */
async function findStoredAt(transaction: AppTransaction, uploadId: string): Promise<Date | undefined> {
  const entry = await transaction.timelineEntry.findFirst({
    where: { uploadId, subject: 'upload', state: 'stored' },
    orderBy: { id: 'asc' },
    select: { at: true },
  });
  return entry?.at;
}
