import { describeFileError, fileStateText } from '@hikyaku/texts';
import { type FileSummary, fileErrorCode, fileState, isSettled, type Locale, rowCounts } from '@hikyaku/types';
import { z } from 'zod';
import { schemas } from './schema-registry.ts';

/** An upload as scripts see it. */
export const uploadResource = z
  .object({
    uploadId: z.uuid(),
    dataset: z.string(),
    fileName: z.string(),
    sizeBytes: z.int().nullable().meta({
      ja: 'バイト数。長さの分からないストリームは、送り終えるまで null',
      en: 'Bytes; null while a stream is sent whose length nobody knows yet',
    }),
    sentBy: z.string().nullable(),
    createdAt: z.iso.datetime(),
    state: fileState.meta({
      ja: 'ファイルの状態。taken_in は取り込み済み、refused は差し戻しです。',
      en: 'Where the file is. `taken_in` means its rows are in the database.',
    }),
    stateText: z
      .string()
      .meta({ ja: '状態（Accept-Languageの言語）', en: 'The state in words, in the language asked for' }),
    isSettled: z.boolean().meta({
      ja: '状態がこれ以上変わらないなら true',
      en: 'True once nothing more will happen by itself',
    }),
    counts: rowCounts.nullable().meta({
      ja: '行数。取り込みが終わるまで null',
      en: 'Rows by outcome; null until the file is taken in',
    }),
    cause: z
      .object({
        code: fileErrorCode,
        text: z.object({ whatHappened: z.string(), whatBecameOfFile: z.string().nullable(), whatToDo: z.string() }),
      })
      .nullable()
      .meta({ ja: '取り込まれなかった理由', en: 'Why the file was not taken in' }),
    links: z.object({
      self: z.url(),
      rejects: z.url(),
      page: z.url().meta({ ja: 'ポータルのページ', en: 'The page in the portal' }),
    }),
  })
  .register(schemas, { id: 'Upload' });
export type UploadResource = z.infer<typeof uploadResource>;

export function toUploadResource(file: FileSummary, locale: Locale, portalUrl: string): UploadResource {
  const link = (path: string) => new URL(path, portalUrl).href;
  return {
    uploadId: file.id,
    dataset: file.dataset?.slug ?? '',
    fileName: file.fileName,
    sizeBytes: file.sizeBytes,
    sentBy: file.sentBy,
    createdAt: file.createdAt,
    state: file.state,
    stateText: fileStateText(file.state, locale, {
      rejectedRows: file.counts?.rejected,
      causeCode: file.cause?.code,
    }),
    isSettled: isSettled(file.state),
    counts: file.counts,
    cause: file.cause && { code: file.cause.code, text: describeFileError(file.cause, locale) },
    links: {
      self: link(`/v1/uploads/${file.id}`),
      rejects: link(`/v1/uploads/${file.id}/rejects`),
      page: link(`/files/${file.id}`),
    },
  };
}
