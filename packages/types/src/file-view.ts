import { z } from 'zod';
import { errorDetails, fileErrorCode, rejectCode } from './error-codes.ts';
import { localizedText } from './locale.ts';
import { arrivalState, fileState, ingestRunState, uploadState } from './states.ts';

/** Rows of one file. `read` = `inserted + updated + unchanged + repeated + rejected`; `deleted` are the table's. */
export const rowCounts = z.object({
  read: z.int(),
  inserted: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  /** Earlier lines whose key came again later in the same file: the last line counts. */
  repeated: z.int(),
  rejected: z.int(),
  /** Rows of the file's partitions that the file didn't have; 0 unless the dataset replaces partitions. */
  deleted: z.int().default(0),
});
export type RowCounts = z.infer<typeof rowCounts>;

/** One file as lists show it. `id` is the upload's, or the arrival's where a foreign client put the object. */
export const fileSummary = z.object({
  id: z.uuid(),
  fileName: z.string(),
  origin: z.enum(['portal', 'api', 'foreign']),
  dataset: z.object({ slug: z.string(), name: localizedText }).nullable(),
  state: fileState,
  /** Null while a stream is sent whose length nobody knows yet. */
  sizeBytes: z.number().nullable(),
  sentBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  counts: rowCounts.nullable(),
  cause: z.object({ code: fileErrorCode, details: errorDetails }).nullable(),
});
export type FileSummary = z.infer<typeof fileSummary>;

const timelineBase = {
  id: z.string(),
  at: z.iso.datetime(),
  /** A person's or a token's name, or null for a process of ours. */
  actor: z.string().nullable(),
  cause: z.object({ code: fileErrorCode, details: errorDetails }).nullable(),
  attempt: z.int().nullable(),
};

/** One transition. Every change of state of an upload, an arrival or an ingest run is one entry. */
export const timelineEntry = z.discriminatedUnion('subject', [
  z.object({ ...timelineBase, subject: z.literal('upload'), state: uploadState }),
  z.object({ ...timelineBase, subject: z.literal('arrival'), state: arrivalState }),
  z.object({ ...timelineBase, subject: z.literal('run'), state: ingestRunState }),
]);
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const fileDetail = fileSummary.extend({
  timeline: z.array(timelineEntry),
  /** While a run reads: how far it is. */
  progress: z.object({ rowsRead: z.number(), bytesRead: z.number() }).nullable(),
  technical: z.object({
    bucket: z.string(),
    key: z.string(),
    versionId: z.string().nullable(),
    etag: z.string().nullable(),
    checksumSha256: z.string().nullable(),
    /** When the object was deleted from storage for good; null while it is there, as far as anybody told. */
    deletedAt: z.iso.datetime().nullable(),
    /** What lay around the content: `age`, `gzip`, `zip`; null for nothing, or while nobody has looked. */
    encryption: z.string().nullable(),
    compression: z.string().nullable(),
    /** What its characters were written in, and what it was read as; null while nobody has. */
    encoding: z.string().nullable(),
    format: z.string().nullable(),
    /** What was taken in is what was sent, by checksums made before sending: of each part, or of the whole file. */
    confirmed: z.enum(['parts', 'whole']).nullable(),
  }),
  /** The refused lines can be downloaded as they were sent. */
  hasRejectsFile: z.boolean(),
  /** It has settled, and there is a receipt that says how. */
  hasReceipt: z.boolean(),
  /** It may end differently when it is run again, and an operator may have it so. */
  isRedrivable: z.boolean(),
});
export type FileDetail = z.infer<typeof fileDetail>;

export const reject = z.object({
  id: z.string(),
  lineNumber: z.int(),
  /** The header of the offending column, or null where the whole line is at fault. */
  column: z.string().nullable(),
  code: rejectCode,
  /** The offending cell, shortened to 200 characters. */
  value: z.string().nullable(),
  details: errorDetails,
});
export type Reject = z.infer<typeof reject>;

/** A page of anything, by key. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}
