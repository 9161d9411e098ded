import type { CellHint, ColumnDefinition, PreflightFault } from '@hikyaku/types';
import type { TypeCheck } from './type-check.ts';

type Hint = NonNullable<PreflightFault['hint']>;
type Way = (text: string, type: ColumnDefinition['type']) => string | undefined;

/** Years that the first year of an era comes after. */
const eras: Record<string, number | undefined> = {
  令和: 2018,
  令: 2018,
  R: 2018,
  平成: 1988,
  平: 1988,
  H: 1988,
  昭和: 1925,
  昭: 1925,
  S: 1925,
  大正: 1911,
  大: 1911,
  T: 1911,
  明治: 1867,
  明: 1867,
  M: 1867,
};
const eraDay =
  /^(令和|平成|昭和|大正|明治|[令平昭大明RHSTM])[ .]?(元|\d{1,2})(?:年|[.\-/])(\d{1,2})(?:月|[.\-/])(\d{1,2})日?(.*)$/i;

const yes = new Set(['はい', '有', '有り', 'あり', '○', '〇', '◯', '真', 'y', 'on', '✓', '✔', '正']);
const no = new Set(['いいえ', '無', '無し', 'なし', '×', '✕', '偽', 'n', 'off', '否']);

/** Ways people write values for other people, and how a column takes them; each is tried on what is plain already. */
const ways: [code: CellHint, way: Way][] = [
  ['spaces', (text) => text.replace(/^[\s\u3000]+|[\s\u3000]+$/g, '')],
  ['full-width', (text) => plain(text)],
  ['thousands-separators', (text) => withoutSeparators(plain(text))],
  ['unit', (text) => withoutUnit(plain(text))],
  ['whole-number-with-point', (text, type) => (type === 'integer' ? plain(text).replace(/\.0+$/, '') : undefined)],
  ['japanese-era', (text, type) => (isDay(type) ? ofEra(plain(text)) : undefined)],
  ['kanji-date', (text, type) => (isDay(type) ? ofKanji(plain(text)) : undefined)],
  ['compact-date', (text, type) => (isDay(type) ? ofDigits(plain(text)) : undefined)],
  ['time-in-date', (text, type) => (type === 'date' ? withoutTime(plain(text)) : undefined)],
  ['yes-or-no-word', (text, type) => (type === 'boolean' ? ofWord(plain(text)) : undefined)],
];

/**
 * How a refused cell would be written so that its column takes it, where that is beyond doubt. Only for people who correct
 * the file: nobody reads a cell so.
 */
export function cellHint(text: string, column: ColumnDefinition, check: TypeCheck): Hint | undefined {
  if (column.type === 'text' || text.length > 100) return undefined;
  for (const [code, way] of ways) {
    const instead = way(text, column.type);
    if (instead !== undefined && instead !== '' && instead !== text && check(instead) === undefined) {
      return { code, instead };
    }
  }
  return undefined;
}

/** Full-width forms as half-width ones, also the minus signs that NFKC leaves alone. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[−‐‑–—ー]/g, '-')
    .trim();
}

function withoutSeparators(text: string): string | undefined {
  return /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : undefined;
}

function withoutUnit(text: string): string | undefined {
  const [, before = '', sign = '', after = ''] =
    /^([¥\\$€]?)([+-]?)[¥\\$€]?([\d,.]+)\s*(?:円|ドル|個|件|人|名|点)?$/.exec(text) ?? [];
  if (after === '') return undefined;
  const number = `${sign}${after}`;
  return before === '' && number === text ? undefined : (withoutSeparators(number) ?? number);
}

function ofEra(text: string): string | undefined {
  const [, era = '', year = '', month = '', day = '', rest = ''] = eraDay.exec(text) ?? [];
  const before = eras[era.toUpperCase()];
  if (before === undefined) return undefined;
  return dayText(before + (year === '元' ? 1 : Number(year)), month, day) + timeText(rest);
}

function ofKanji(text: string): string | undefined {
  const [, year = '', month = '', day = '', rest = ''] = /^(\d{4})年\s?(\d{1,2})月\s?(\d{1,2})日(.*)$/.exec(text) ?? [];
  return year === '' ? undefined : dayText(Number(year), month, day) + timeText(rest);
}

function ofDigits(text: string): string | undefined {
  const [, year = '', month = '', day = '', rest = ''] = /^(\d{4})[.]?(\d{2})[.]?(\d{2})(.*)$/.exec(text) ?? [];
  return year === '' ? undefined : dayText(Number(year), month, day) + timeText(rest);
}

function withoutTime(text: string): string | undefined {
  return /^(\d{4}[-/]\d{1,2}[-/]\d{1,2})[ T]0{1,2}:00(:00(\.0+)?)?$/.exec(text)?.[1];
}

function ofWord(text: string): string | undefined {
  const word = text.toLowerCase();
  if (yes.has(word)) return 'true';
  return no.has(word) ? 'false' : undefined;
}

function dayText(year: number, month: string, day: string): string {
  return `${String(year).padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function timeText(rest: string): string {
  const [, hours = '', minutes = '', seconds = ''] =
    /^\s*(\d{1,2})(?:時|:)(\d{1,2})(?:分|:)?(?:(\d{1,2})秒?)?$/.exec(rest) ?? [];
  if (hours === '') return rest;
  return ` ${[hours, minutes, seconds]
    .filter((part) => part !== '')
    .map((part) => part.padStart(2, '0'))
    .join(':')}`;
}

function isDay(type: ColumnDefinition['type']): boolean {
  return type === 'date' || type === 'timestamp';
}
