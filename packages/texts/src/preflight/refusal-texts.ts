import type { ErrorDetails, Locale, PreflightRefusal } from '@hikyaku/types';
import type { ByLocale } from '../by-locale.ts';
import { describeFileError } from '../describe-error.ts';

/**
 * Of a file that is still here: `remedy` is what to do before it is sent; `what` stands where the words for a file that was not
 * taken in would speak of its arrival.
 */
interface RefusalText {
  what?: ByLocale<string>;
  remedy: ByLocale<string>;
}

export const refusalTexts: Record<PreflightRefusal, RefusalText> = {
  'empty-file': {
    remedy: { ja: '中身をご確認のうえ、選び直してください。', en: 'Check what is in it and choose it again.' },
  },
  'not-csv': {
    remedy: { ja: 'CSV形式で保存し直してから送ってください。', en: 'Save it as CSV before you send it.' },
  },
  'other-format': {
    remedy: {
      ja: '正しい形式で保存し直してから送ってください。',
      en: 'Save it in the right format before you send it.',
    },
  },
  'not-utf8': {
    remedy: {
      ja: 'Excelの「CSV UTF-8」または「CSV」形式で保存し直してから送ってください。',
      en: "Save the file in Excel as 'CSV UTF-8' or 'CSV' before you send it.",
    },
  },
  'missing-columns': {
    remedy: {
      ja: '1行目の見出しに列を加えてから送ってください。',
      en: 'Add them to the header in line 1 before you send the file.',
    },
  },
  'repeated-columns': {
    remedy: {
      ja: '1行目の見出しがすべて異なるように直してから送ってください。',
      en: 'Give each column in line 1 its own name before you send the file.',
    },
  },
  'too-many-columns': {
    remedy: {
      ja: '不要な列を除いてから送ってください。',
      en: 'Remove those that are not needed before you send the file.',
    },
  },
  'line-too-long': {
    remedy: {
      ja: '引用符（"）が閉じているか、改行が抜けていないかをご確認ください。',
      en: 'Check for a quotation mark that is not closed or a missing line break.',
    },
  },
  'unclosed-quote': {
    remedy: { ja: '引用符を直してから送ってください。', en: 'Correct it before you send the file.' },
  },
  'not-encrypted': {
    what: {
      ja: 'ファイル名は暗号化済みを示していますが、ファイルは暗号化されていません。',
      en: 'The name of the file says that it is encrypted, and it is not.',
    },
    remedy: {
      ja: '暗号化したファイルを選び直すか、暗号化を示す末尾（.age など）を名前から取ってください。',
      en: 'Choose the encrypted file, or take the ending that says so (such as .age) off the name.',
    },
  },
  'content-too-large': {
    what: {
      ja: '展開すると、ファイルが大きすぎます。',
      en: 'The file is too large once it is unpacked.',
    },
    remedy: {
      ja: '中身をご確認のうえ、いくつかのファイルに分けて送ってください。',
      en: 'Check what is in it, and send it in several smaller files.',
    },
  },
  'nested-compression': {
    remedy: { ja: '1回だけ圧縮してから送ってください。', en: 'Compress it once before you send it.' },
  },
  'damaged-workbook': {
    remedy: {
      ja: 'Excelで開いてxlsx形式で保存し直してから送ってください。',
      en: 'Open it in Excel and save it as .xlsx before you send it.',
    },
  },
  'no-date-in-name': {
    remedy: {
      ja: '名前に 20261121 や 2026-11-21 のような日付を付けてから送ってください。',
      en: 'Put a date like 20261121 or 2026-11-21 into its name before you send it.',
    },
  },
};

/** Why the worker would refuse a file that is not sent yet. */
export function describeRefusal(
  cause: { code: PreflightRefusal; details: ErrorDetails },
  locale: Locale,
): { what: string; remedy: string } {
  const { what, remedy } = refusalTexts[cause.code];
  return { what: what?.[locale] ?? describeFileError(cause, locale).whatHappened, remedy: remedy[locale] };
}
