'use client';

import { describeFileError, formatCount } from '@hikyaku/texts';
import type { FileDetail } from '@hikyaku/types';
import { useLocale, useTranslations } from 'next-intl';

/** What became of the file, in one sentence. */
export function FileAnswer({ file }: { file: Pick<FileDetail, 'state' | 'counts' | 'cause'> }) {
  const translate = useTranslations('file.answer');
  const locale = useLocale();
  const { state, counts, cause } = file;
  const shown = (count: number | undefined) => formatCount(count ?? 0, locale);
  if (state === 'taken_in' && counts && counts.rejected > 0) {
    return translate('takenInWithRejects', { read: shown(counts.read), rejected: shown(counts.rejected) });
  }
  if (state === 'taken_in') return translate('taken_in', { read: shown(counts?.read) });
  // Nothing newer is in the database for a file that another took the place of.
  const isToldByCause = state === 'refused' || state === 'failed' || cause?.code === 'object-superseded';
  if (cause && isToldByCause) return describeFileError(cause, locale).whatHappened;
  return translate(state);
}
