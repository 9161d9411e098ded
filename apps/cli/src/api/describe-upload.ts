import { formatBytes, formatCount } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';
import { printable } from '../output/printable.ts';
import type { UploadAnswer } from './answers.ts';

/** An upload in lines for people. */
export function describeUpload(upload: UploadAnswer, locale: Locale): string[] {
  const isJapanese = locale === 'ja';
  const { fileName, dataset, sizeBytes, stateText, counts, cause, uploadId, links } = upload;
  const size = sizeBytes === null ? '' : `  ${formatBytes(sizeBytes, locale)}`;
  const rows = counts && [
    [isJapanese ? '読み取り' : 'read', counts.read],
    [isJapanese ? '追加' : 'added', counts.inserted],
    [isJapanese ? '更新' : 'changed', counts.updated],
    [isJapanese ? '変更なし' : 'unchanged', counts.unchanged],
    ...(counts.repeated > 0 ? [[isJapanese ? '重複行' : 'repeated', counts.repeated] as const] : []),
    [isJapanese ? '不備' : 'refused', counts.rejected],
    ...(counts.deleted > 0 ? [[isJapanese ? '表から削除' : 'deleted from the table', counts.deleted] as const] : []),
  ];
  return [
    `${fileName} → ${dataset}${size}`,
    stateText,
    ...(rows
      ? [rows.map(([name, count]) => `${name} ${formatCount(Number(count), locale)}`).join(isJapanese ? '、' : ', ')]
      : []),
    ...(cause ? [cause.text.whatHappened, cause.text.whatToDo] : []),
    `${uploadId}  ${links.page}`,
  ].map(printable);
}
