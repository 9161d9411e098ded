import {
  errorDetails,
  type FileSummary,
  fileErrorCode,
  fileStateOf,
  type RowCounts,
  type TimelineEntry,
  timelineEntry,
} from '@hikyaku/types';
import type { File, TimelineEntry as TimelineRow } from '../generated/prisma/client.ts';

/** Rows of the `file` view and of the timeline, as people see them. `names` tells who an actor is. */
export function toFileSummary(row: File, names: ReadonlyMap<string, string>): FileSummary {
  return {
    id: row.id,
    fileName: row.fileName,
    origin: originOf(row),
    dataset: { slug: row.datasetSlug, name: { ja: row.datasetNameJa, en: row.datasetNameEn } },
    state: fileStateOf({ upload: row.uploadState, arrival: row.arrivalState }),
    sizeBytes: row.sizeBytes === null ? null : Number(row.sizeBytes),
    sentBy: names.get(row.apiTokenId ?? row.personId ?? '') ?? null,
    createdAt: row.createdAt.toISOString(),
    counts: toRowCounts(row),
    cause: toCause(row),
  };
}

export function toTimelineEntry(row: TimelineRow, names: ReadonlyMap<string, string>): TimelineEntry {
  return timelineEntry.parse({
    id: String(row.id),
    at: row.at.toISOString(),
    subject: row.subject,
    state: row.state,
    actor: row.actorId ? (names.get(row.actorId) ?? null) : null,
    attempt: row.attempt,
    cause: toCause(row),
  });
}

export function toCause(row: { causeCode: string | null; causeDetails: unknown }): FileSummary['cause'] {
  if (!row.causeCode) return null;
  // A newer release may have written a code that this one doesn't know: the list is shown all the same.
  return {
    code: fileErrorCode.catch('internal').parse(row.causeCode),
    details: errorDetails.catch({}).parse(row.causeDetails ?? {}),
  };
}

function originOf(row: File): FileSummary['origin'] {
  if (!row.uploadId) return 'foreign';
  return row.apiTokenId ? 'api' : 'portal';
}

function toRowCounts(row: File): RowCounts | null {
  if (row.rowsRead === null) return null;
  return {
    read: Number(row.rowsRead),
    inserted: Number(row.rowsInserted),
    updated: Number(row.rowsUpdated),
    unchanged: Number(row.rowsUnchanged),
    repeated: Number(row.rowsRepeated),
    rejected: Number(row.rowsRejected),
    deleted: Number(row.rowsDeleted),
  };
}
