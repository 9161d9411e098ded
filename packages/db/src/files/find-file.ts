import { type FileDetail, isReceipted } from '@hikyaku/types';
import type { AppTransaction } from '../app-database.ts';
import { actorNames } from '../actor-names.ts';
import { toFileSummary, toTimelineEntry } from './file-columns.ts';
import { isRedrivable } from './redrive-file.ts';

/** A file with its whole timeline and how far a running ingest is. */
export async function findFile(transaction: AppTransaction, fileId: string): Promise<FileDetail | undefined> {
  const row = await transaction.file.findUnique({ where: { id: fileId } });
  if (!row) return undefined;
  const names = await actorNames(transaction);
  const timeline = await transaction.timelineEntry.findMany({
    where: row.uploadId ? { uploadId: row.uploadId } : { arrivalId: row.arrivalId ?? fileId },
    orderBy: { id: 'asc' },
  });
  const run = row.arrivalId
    ? await transaction.ingestRun.findFirst({ where: { arrivalId: row.arrivalId, finishedAt: null } })
    : null;
  const arrival = row.arrivalId
    ? await transaction.arrival.findUnique({
        where: { id: row.arrivalId },
        select: {
          state: true,
          causeCode: true,
          encryption: true,
          compression: true,
          encoding: true,
          format: true,
          objectDeletedAt: true,
          rejectHeader: { select: { arrivalId: true } },
        },
      })
    : null;
  const upload = row.uploadId
    ? await transaction.upload.findUnique({
        where: { id: row.uploadId },
        select: { sha256: true, partSizeBytes: true },
      })
    : null;
  return {
    ...toFileSummary(row, names),
    timeline: timeline.map((entry) => toTimelineEntry(entry, names)),
    progress: run ? { rowsRead: Number(run.rowsSoFar), bytesRead: Number(run.bytesSoFar) } : null,
    technical: {
      bucket: row.bucket,
      key: row.key,
      versionId: row.versionId,
      etag: row.etag,
      checksumSha256: row.checksumSha256,
      deletedAt: arrival?.objectDeletedAt?.toISOString() ?? null,
      encryption: arrival?.encryption ?? null,
      compression: arrival?.compression ?? null,
      encoding: arrival?.encoding ?? null,
      format: arrival?.format ?? null,
      confirmed: row.checksumSha256 && upload ? confirmedBy(upload) : null,
    },
    hasRejectsFile: Boolean(arrival?.rejectHeader),
    hasReceipt: arrival ? isReceipted(arrival.state) : false,
    isRedrivable: arrival ? await isRedrivable(transaction, arrival) : false,
  };
}

/** A run that read to the end has compared every checksum there was, or it would have refused the file. */
function confirmedBy(upload: { sha256: string | null; partSizeBytes: bigint | null }): 'parts' | 'whole' | null {
  if (upload.sha256) return 'whole';
  return upload.partSizeBytes === null ? null : 'parts';
}
