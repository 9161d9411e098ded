import { formatBytes, rowCountsText } from '@hikyaku/texts';
import type { Locale } from '@hikyaku/types';
import { printable } from '../output/printable.ts';
import type { UploadAnswer } from './answers.ts';

/** An upload in lines for people. */
export function describeUpload(upload: UploadAnswer, locale: Locale): string[] {
  const { fileName, dataset, sizeBytes, stateText, counts, cause, uploadId, links } = upload;
  const size = sizeBytes === null ? '' : `  ${formatBytes(sizeBytes, locale)}`;
  return [
    `${fileName} → ${dataset}${size}`,
    stateText,
    ...(counts ? [rowCountsText(counts, locale)] : []),
    ...(cause ? [cause.text.whatHappened, cause.text.whatToDo] : []),
    `${uploadId}  ${links.page}`,
  ].map(printable);
}
