import { fileFormat, localizedText, reject, rowCounts } from '@hikyaku/types';
import { z } from 'zod';

// What /v1 answers, as far as the command reads it. A newer server may add members and states.

export const upload = z.object({
  uploadId: z.string(),
  dataset: z.string(),
  fileName: z.string(),
  /** Null of a stream until it has ended. */
  sizeBytes: z.number().nullable(),
  sentBy: z.string().nullable(),
  createdAt: z.string(),
  state: z.string(),
  stateText: z.string(),
  isSettled: z.boolean(),
  counts: rowCounts.nullable(),
  cause: z
    .object({
      code: z.string(),
      text: z.object({ whatHappened: z.string(), whatBecameOfFile: z.string().nullable(), whatToDo: z.string() }),
    })
    .nullable(),
  links: z.object({ page: z.string() }),
});
export type UploadAnswer = z.infer<typeof upload>;

const put = z.object({ url: z.string(), headers: z.record(z.string(), z.string()), expiresAt: z.string() });

export const begunUpload = upload.extend({
  /** Both null: it is in storage already. */
  put: put.nullable(),
  parts: z.object({ partSizeBytes: z.number() }).nullable(),
});
/** `isReplay`: an earlier request with the same key began it. */
export type BegunUpload = z.infer<typeof begunUpload> & { isReplay: boolean };

export const signedParts = z.object({ items: z.array(z.object({ partNumber: z.number(), put })) });

export const storedParts = z.object({
  partSizeBytes: z.number(),
  items: z.array(z.object({ partNumber: z.number(), sizeBytes: z.number(), md5: z.string(), sha256: z.string() })),
});

export const uploads = z.object({ items: z.array(upload) });

export const recipients = z.object({
  items: z.array(z.object({ kind: z.string(), publicKey: z.string() })),
});
export type RecipientAnswer = z.infer<typeof recipients>['items'][number];

export const datasets = z.object({
  items: z.array(
    z.object({
      slug: z.string(),
      name: localizedText,
      format: fileFormat,
      encryption: z.enum(['optional', 'required']),
      maxFileBytes: z.number(),
    }),
  ),
});
export type DatasetAnswer = z.infer<typeof datasets>['items'][number];

export const refusedLines = z.object({
  items: z.array(reject.omit({ id: true, code: true }).extend({ code: z.string(), text: z.string() })),
  nextCursor: z.string().nullable(),
});

/** Signed: what else is in it stays in it. */
export const signedReceipt = z.looseObject({ format: z.string(), signature: z.string() });

/** RFC 9457, as far as it is needed. */
export const problem = z.object({
  code: z.string(),
  detail: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  referenceId: z.string().default(''),
  retriable: z.boolean().default(false),
});
