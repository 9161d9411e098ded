import type { Locale } from '@hikyaku/types';

/** Words of a download of refused lines. The headings are ours by name, so that no column of a dataset is called so. */
export const rejectsFileText = {
  ja: {
    fileName: '不備一覧',
    lineHeading: 'Hikyaku 行番号',
    reasonHeading: 'Hikyaku 不備の理由',
    tooLong: 'この行は長すぎるため、内容をここに含めていません。',
    between: '／',
  },
  en: {
    fileName: 'refused lines',
    lineHeading: 'Hikyaku line',
    reasonHeading: 'Hikyaku reason',
    tooLong: 'This line is too long to be included here.',
    between: ' / ',
  },
} as const satisfies Record<Locale, Record<string, string>>;
