import type { CellHint, ClosedForm, Locale, PreflightFinding } from '@hikyaku/types';
import type { ByLocale } from '../by-locale.ts';
import { encodingText } from './encoding-text.ts';
import { formatCount } from '../format-count.ts';
import { oneLine } from '../one-line.ts';
import { describeRefusal } from './refusal-texts.ts';

export interface PreflightFindingText {
  /** What was found, and what it means for the file. */
  what: string;
  /** What helps; null where nothing has to be done. */
  remedy: string | null;
}

export type FindingByCode = { [Code in PreflightFinding['code']]: Extract<PreflightFinding, { code: Code }> };
export type PreflightTextMakers = {
  [Code in keyof FindingByCode]: ByLocale<(finding: FindingByCode[Code]) => PreflightFindingText>;
};

const found = (what: string, remedy: string | null = null): PreflightFindingText => ({ what, remedy });

/** What looking at a file before it is sent found. */
export const preflightTexts: PreflightTextMakers = {
  'file-refused': {
    ja({ cause }) {
      const { what, remedy } = describeRefusal(cause, 'ja');
      return found(`${what}このまま送ると、ファイル全体が差し戻されます。`, remedy);
    },
    en({ cause }) {
      const { what, remedy } = describeRefusal(cause, 'en');
      return found(`${what} Sent like this, the whole file would be refused.`, remedy);
    },
  },
  'missing-column': {
    ja: ({ column, suggestion }) =>
      found(
        `必要な列『${oneLine(column)}』が見つかりません。このまま送ると、ファイル全体が差し戻されます。`,
        suggestion === null
          ? '1行目の見出しをご確認ください。'
          : `見出し『${oneLine(suggestion)}』のことでしたら、『${oneLine(column)}』に直してください。`,
      ),
    en: ({ column, suggestion }) =>
      found(
        `The column '${oneLine(column)}' is needed and is not there. Sent like this, the whole file would be refused.`,
        suggestion === null
          ? 'Check the header in the first line.'
          : `If '${oneLine(suggestion)}' is meant, change it to '${oneLine(column)}'.`,
      ),
  },
  'too-many-rejects': {
    ja: ({ limit }) =>
      found(
        limit === 0
          ? 'このデータセットは不備のある行を1行も受け付けないため、このまま送ると、ファイル全体が差し戻されます。'
          : `不備のある行が上限（${formatCount(limit, 'ja')}行）を超えているため、このまま送ると、ファイル全体が差し戻されます。`,
        '不備を直してから送ってください。',
      ),
    en: ({ limit }) =>
      found(
        limit === 0
          ? 'This dataset tolerates no refused line, so the whole file would be refused.'
          : `More than ${formatCount(limit, 'en')} lines would be refused, so the whole file would be.`,
        'Correct the lines before you send it.',
      ),
  },
  'rows-refused': {
    ja: ({ refused, read, isWhole }) =>
      found(
        `${isWhole ? '全' : '先頭の'}${formatCount(read, 'ja')}行のうち${formatCount(refused, 'ja')}行に不備があり、その行は取り込まれません。`,
      ),
    en: ({ refused, read, isWhole }) =>
      found(
        `Of ${isWhole ? 'all' : 'the first'} ${formatCount(read, 'en')} lines, ${formatCount(refused, 'en')} would be refused.`,
      ),
  },
  'encoding-mismatch': {
    ja: ({ readAs, looksLike }) =>
      found(
        `文字コードは${encodingText(looksLike, 'ja')}のようですが、${encodingText(readAs, 'ja')}として読み取られるため、文字化けします。`,
        `${encodingText(readAs, 'ja')}で保存し直すか、データセットの文字コードの変更を管理者に依頼してください。`,
      ),
    en: ({ readAs, looksLike }) =>
      found(
        `The text looks like ${encodingText(looksLike, 'en')} and will be read as ${encodingText(readAs, 'en')}: its characters will be garbled.`,
        `Save it as ${encodingText(readAs, 'en')}, or ask an administrator to change the encoding of the dataset.`,
      ),
  },
  'delimiter-mismatch': {
    ja: ({ expected, found: actual }) =>
      found(
        `列の区切りが${delimiterText(actual, 'ja')}のようです。このデータセットは${delimiterText(expected, 'ja')}区切りを読み取ります。`,
        `${delimiterText(expected, 'ja')}区切りで保存し直してください。`,
      ),
    en: ({ expected, found: actual }) =>
      found(
        `The columns seem to be separated by ${delimiterText(actual, 'en')}. This dataset reads ${delimiterText(expected, 'en')}.`,
        `Save the file with ${delimiterText(expected, 'en')} between the columns.`,
      ),
  },
  'unknown-column': {
    ja: ({ cell, suggestion }) =>
      found(
        `列『${oneLine(cell)}』はこのデータセットにないため、読み飛ばされます。`,
        `『${oneLine(suggestion)}』のことでしたら、見出しを直してください。`,
      ),
    en: ({ cell, suggestion }) =>
      found(
        `The dataset has no column '${oneLine(cell)}': it will be passed over.`,
        `If '${oneLine(suggestion)}' is meant, change the header.`,
      ),
  },
  'ignored-columns': {
    ja: ({ cells }) => found(`読み飛ばされる列：${cells.map(oneLine).join('、')}`),
    en: ({ cells }) => found(`Columns that are passed over: ${cells.map(oneLine).join(', ')}`),
  },
  'repeated-keys': {
    ja: ({ rows, isComplete }) =>
      found(
        `同じキーの行が繰り返されています（${isComplete ? '' : '確認した範囲で'}${formatCount(rows, 'ja')}行）。同じキーの行は1行だけが残ります。`,
        '意図したものかどうか、ご確認ください。',
      ),
    en: ({ rows, isComplete }) =>
      found(
        `${formatCount(rows, 'en')} ${rows === 1 ? 'line has' : 'lines have'} the same key as another${isComplete ? '' : ' in what was looked at'}. Of each key one line remains.`,
        'Check whether that is meant.',
      ),
  },
  'not-looked-into': {
    ja: ({ form }) => found(closedForms[form].ja),
    en: ({ form }) => found(closedForms[form].en),
  },
};

const closedForms: Record<ClosedForm, ByLocale<string>> = {
  encrypted: {
    ja: '暗号化されているため、送信前の確認はしていません。',
    en: 'The file is encrypted and was not looked into.',
  },
  signed: {
    ja: '署名付きのファイル（OpenPGP）の中身は、送信前には確認していません。取り込むときに確認します。',
    en: 'What is in a signed file (OpenPGP) is not looked at before it is sent, but when it is taken in.',
  },
  xlsx: {
    ja: 'Excelブックの中身は、送信前には確認していません。取り込むときに確認します。',
    en: 'What is in a workbook is not looked at before it is sent, but when it is taken in.',
  },
  zip: {
    ja: 'ZIPの中身は、送信前には確認していません。取り込むときに確認します。',
    en: 'What is in a zip file is not looked at before it is sent, but when it is taken in.',
  },
  'gzip-unreadable': {
    ja: '圧縮を最後までほどけなかったため、そこまでを確認しました。',
    en: 'The file could not be unpacked to its end here; what came before was looked at.',
  },
};

const delimiters: Record<string, ByLocale<string> | undefined> = {
  ',': { ja: 'カンマ', en: 'commas' },
  '\t': { ja: 'タブ', en: 'tabs' },
  ';': { ja: 'セミコロン', en: 'semicolons' },
  '|': { ja: '縦線（|）', en: 'bars (|)' },
};

function delimiterText(delimiter: string, locale: Locale): string {
  return delimiters[delimiter]?.[locale] ?? `'${delimiter}'`;
}

/** What a cell is written in that its column can't take, and how to write it. */
export const cellHintTexts = {
  'full-width': {
    ja: (instead) => `全角文字です。半角で ${instead} と書いてください。`,
    en: (instead) => `It is written in full-width characters. Write ${instead}.`,
  },
  'thousands-separators': {
    ja: (instead) => `桁区切りのカンマを取り、${instead} と書いてください。`,
    en: (instead) => `Leave out the separators: ${instead}.`,
  },
  unit: {
    ja: (instead) => `単位や記号を取り、${instead} と書いてください。`,
    en: (instead) => `Leave out the unit: ${instead}.`,
  },
  spaces: {
    ja: (instead) => `前後の空白を取り、${instead} と書いてください。`,
    en: (instead) => `Leave out the spaces around it: ${instead}.`,
  },
  'japanese-era': {
    ja: (instead) => `和暦です。西暦で ${instead} と書いてください。`,
    en: (instead) => `It is a Japanese era. Write ${instead}.`,
  },
  'kanji-date': {
    ja: (instead) => `${instead} と書いてください。`,
    en: (instead) => `Write ${instead}.`,
  },
  'compact-date': {
    ja: (instead) => `年月日を区切って、${instead} と書いてください。`,
    en: (instead) => `Put marks between year, month and day: ${instead}.`,
  },
  'time-in-date': {
    ja: (instead) => `時刻を取り、${instead} と書いてください。`,
    en: (instead) => `Leave out the time: ${instead}.`,
  },
  'whole-number-with-point': {
    ja: (instead) => `小数点以下を取り、${instead} と書いてください。`,
    en: (instead) => `Leave out the decimals: ${instead}.`,
  },
  'yes-or-no-word': {
    ja: (instead) => `${instead} と書いてください。`,
    en: (instead) => `Write ${instead}.`,
  },
} satisfies Record<CellHint, ByLocale<(instead: string) => string>>;
