import type { RejectCode } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';
import { type DetailReader, phrase } from './detail-reader.ts';

/** What stands after the thing at fault: 「3行目の『金額』」+「が数値ではありません」, "'amount'" + "is not a number". */
export type RejectTextMaker = ByLocale<(details: DetailReader) => string> & {
  /** What is at fault where no column is named. */
  readonly fault: 'line' | 'value';
};

/** Why one row was refused. Every detail is optional; `d.…('name')` shows which ones a text can tell. */
export const rejectTexts = {
  'wrong-column-count': {
    fault: 'line',
    ja: (d) =>
      `は、列の数が見出しと一致しません${phrase([d.count('expected'), d.count('found')], (expected, found) => `（見出し ${expected}列、この行 ${found}列）`)}`,
    en: (d) =>
      `does not have as many columns as the header${phrase([d.count('expected'), d.count('found')], (expected, found) => ` (${expected} expected, ${found} found)`)}`,
  },
  'stray-quote': {
    fault: 'line',
    ja: () => 'に、位置の正しくない引用符（"）が含まれています',
    en: () => 'contains a quotation mark in the wrong place',
  },
  'unclosed-quote': {
    fault: 'line',
    ja: () => 'の引用符（"）が閉じられていません',
    en: () => 'has a quotation mark that is not closed',
  },
  'line-too-long': {
    fault: 'line',
    ja: () => 'が長すぎます',
    en: () => 'is too long',
  },
  'stray-carriage-return': {
    fault: 'line',
    ja: () => 'に、不完全な改行が含まれています',
    en: () => 'contains half a line break',
  },
  'invalid-encoding': {
    fault: 'line',
    ja: () => 'に、ファイルの文字コードとして読めない文字が含まれています',
    en: () => 'contains characters that cannot be read in the encoding of the file',
  },
  'nul-character': {
    fault: 'line',
    ja: () => 'に、保存できない文字（NUL）が含まれています',
    en: () => 'contains a character that cannot be stored (NUL)',
  },
  'not-json': {
    fault: 'line',
    ja: () => 'が、JSONの1件のデータとして読めません',
    en: () => 'is not a JSON object',
  },
  'nested-value': {
    fault: 'value',
    ja: () => 'が1つの値ではなく、入れ子のデータです',
    en: () => 'is not a single value but nested data',
  },
  'error-cell': {
    fault: 'value',
    ja: () => 'が、Excelのエラー値です',
    en: () => 'is an error value of Excel',
  },
  required: { fault: 'value', ja: () => 'が空です', en: () => 'is empty' },
  'not-integer': { fault: 'value', ja: () => 'が整数ではありません', en: () => 'is not a whole number' },
  'not-number': { fault: 'value', ja: () => 'が数値ではありません', en: () => 'is not a number' },
  'not-boolean': {
    fault: 'value',
    ja: () => 'が、はい・いいえを表す値ではありません',
    en: () => 'is neither yes nor no',
  },
  'not-date': { fault: 'value', ja: () => 'が日付ではありません', en: () => 'is not a date' },
  'not-timestamp': { fault: 'value', ja: () => 'が日時ではありません', en: () => 'is not a date and time' },
  'out-of-range': { fault: 'value', ja: () => 'が扱える範囲を超えています', en: () => 'is out of range' },
  'too-long': {
    fault: 'value',
    ja: (d) => `が長すぎます${phrase([d.count('maxLength')], (max) => `（${max}文字まで）`)}`,
    en: (d) => `is too long${phrase([d.count('maxLength')], (max) => ` (up to ${max} characters)`)}`,
  },
  'too-short': {
    fault: 'value',
    ja: (d) => `が短すぎます${phrase([d.count('minLength')], (min) => `（${min}文字から）`)}`,
    en: (d) => `is too short${phrase([d.count('minLength')], (min) => ` (at least ${min} characters)`)}`,
  },
  'not-listed': {
    fault: 'value',
    ja: (d) => `が、使える値のどれでもありません${phrase([d.words('listed')], (listed) => `（使える値：${listed}）`)}`,
    en: (d) => `is none of the values there may be${phrase([d.words('listed')], (listed) => ` (${listed})`)}`,
  },
  'too-small': {
    fault: 'value',
    ja: (d) => `が小さすぎます${phrase([d.words('limit')], (limit) => `（${limit}以上）`)}`,
    en: (d) => `is too small${phrase([d.words('limit')], (limit) => ` (${limit} or more)`)}`,
  },
  'too-large': {
    fault: 'value',
    ja: (d) => `が大きすぎます${phrase([d.words('limit')], (limit) => `（${limit}以下）`)}`,
    en: (d) => `is too large${phrase([d.words('limit')], (limit) => ` (${limit} or less)`)}`,
  },
  'key-exists': {
    fault: 'value',
    ja: () => 'の行がすでに表にあります（追加のみのデータセットです）',
    en: () => 'is in the table already, and this dataset only adds rows',
  },
} satisfies Record<RejectCode, RejectTextMaker>;
