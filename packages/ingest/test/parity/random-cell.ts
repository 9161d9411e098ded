import type { ColumnType } from '@hikyaku/types';
import type { Random } from './random.ts';

const anyCharacters = ['0', ...Array.from('123456789+-.,eE/:TZ _é１あ😀"\tｱ年')] as const;

/** A cell that may be of the type, or nearly, or not at all. */
export function randomCell(type: ColumnType, random: Random): string {
  if (random.isLucky(0.06)) return '';
  const cell = random.isLucky(0.35) ? random.oneOf(strange[type]) : usual[type](random);
  return random.isLucky(0.1) ? mutate(cell, random) : cell;
}

/** A cell that is of the type, and that no dataset here asks more of. */
export function plainCell(type: ColumnType): string {
  return plain[type];
}

const plain: Record<ColumnType, string> = {
  text: 'ab',
  integer: '7',
  number: '0.05',
  boolean: 'true',
  date: '2024-02-29',
  timestamp: '2025-06-30 12:00:00',
};

function mutate(cell: string, random: Random): string {
  const characters = Array.from(cell);
  const at = random.below(characters.length + 1);
  characters.splice(at, random.below(2), ...(random.isLucky(0.7) ? [random.oneOf(anyCharacters)] : []));
  return characters.join('');
}

const usual: Record<ColumnType, (random: Random) => string> = {
  text: (random) => Array.from({ length: 1 + random.below(8) }, () => random.oneOf(anyCharacters)).join(''),
  integer: (random) => random.oneOf(['', '', '-', '+']) + random.digits(random.isLucky(0.9) ? 4 : 24),
  number(random) {
    const fraction = random.isLucky(0.6) ? `.${random.isLucky(0.9) ? random.digits(5) : ''}` : '';
    const power = random.isLucky(0.2)
      ? `${random.oneOf(['e', 'E'])}${random.oneOf(['', '+', '-'])}${random.digits(4)}`
      : '';
    return `${random.oneOf(['', '', '-', '+'])}${random.isLucky(0.9) ? random.digits(5) : ''}${fraction}${power}`;
  },
  boolean: (random) => random.oneOf(['true', 'false', '1', '0', 't', 'F', 'yes', 'No', 'TRUE']),
  date: randomDay,
  timestamp(random) {
    const seconds = random.isLucky(0.7) ? `:${two(random.below(61), random)}` : '';
    const fraction = seconds !== '' && random.isLucky(0.3) ? `.${random.digits(7)}` : '';
    const time = `${two(random.below(25), random)}:${two(random.below(60), random)}${seconds}${fraction}`;
    return `${randomDay(random)}${random.oneOf(['T', ' ', ' ', ' '])}${time}${randomOffset(random)}`;
  },
};

function randomDay(random: Random): string {
  const year = random.oneOf(['2026', '2026', '2024', '1999', '1953', '0001', '9999', '1900', '2000', '0099']);
  const mark = random.oneOf(['-', '/']);
  return [year, two(random.below(14), random), two(random.below(33), random)].join(mark);
}

function randomOffset(random: Random): string {
  if (random.isLucky(0.4)) return '';
  const hours = String(random.below(18)).padStart(2, '0');
  const minutes = String(random.below(64)).padStart(2, '0');
  const sign = random.oneOf(['+', '-']);
  const gap = random.oneOf(['', ' ']);
  return (
    gap + random.oneOf(['Z', '+09:00', `${sign}${hours}`, `${sign}${hours}${minutes}`, `${sign}${hours}:${minutes}`])
  );
}

function two(value: number, random: Random): string {
  return random.isLucky(0.7) ? String(value).padStart(2, '0') : String(value);
}

const strange: Record<ColumnType, readonly [string, ...string[]]> = {
  text: [
    'a',
    'ab',
    'abc',
    'x'.repeat(5),
    'x'.repeat(6),
    '😀'.repeat(5),
    '😀'.repeat(6),
    'か\u3099',
    ' ',
    '\u3000',
    'a\nb',
    'a"b',
    '\uFEFFa',
    'x'.repeat(1_301),
    '漢'.repeat(867),
    'é'.repeat(1_300),
  ],
  integer: [
    '0',
    '-0',
    '+0',
    '007',
    '9223372036854775807',
    '9223372036854775808',
    '+9223372036854775807',
    '-9223372036854775808',
    '-9223372036854775809',
    '1_000',
    '0x10',
    '0b1',
    '1e3',
    '1.0',
    ' 1',
    '1 ',
    '１２',
    '1,000',
    '-',
    '+',
    '0'.repeat(100),
    '0'.repeat(101),
    '1'.repeat(100),
    '1\n',
  ],
  number: [
    '0',
    '-0',
    '0.0',
    '.5',
    '5.',
    '+.5e1',
    '.',
    'e5',
    '1e',
    '1e999',
    '1e-999',
    '1e1000',
    '1e0001',
    '-1E+12',
    'NaN',
    'nan',
    'Infinity',
    '-inf',
    '1_0',
    '0x1F',
    '1.2.3',
    '１.５',
    '1,000.5',
    '¥100',
    '9'.repeat(100),
    '9'.repeat(101),
    '0.1000',
    '0.10000000000000000000000000001',
    '1e21',
    '1000000000000000000000',
    '1000000000000000000001',
    '-0.5',
    '-0.50',
    '-0.500000000000000000000001',
  ],
  boolean: [
    'True',
    'YES',
    'on',
    'off',
    'y',
    'n',
    'はい',
    'ｔｒｕｅ',
    'tru',
    'true ',
    ' false',
    '01',
    '2',
    'T',
    'fALSE',
    'yeſ',
    'KO',
  ],
  date: [
    '2026-01-05',
    '2026/1/5',
    '2026-02-29',
    '2024-02-29',
    '1900-02-29',
    '2000-02-29',
    '0000-01-01',
    '0001-01-01',
    '9999-12-31',
    '10000-01-01',
    '2026-00-10',
    '2026-04-31',
    '2026-1/5',
    '20260105',
    '2026.01.05',
    'now',
    'today',
    'infinity',
    'epoch',
    'tomorrow',
    '令和8年1月5日',
    'R8.1.5',
    '2026年1月5日',
    '2026-01-05 BC',
    ' 2026-01-05',
    '2026-01-05 ',
    '26-01-05',
    '2026-Jan-05',
    '2026-01-05T00:00',
    '01/05/2026',
    '2026-01-05\n',
  ],
  timestamp: [
    '2026-01-05 09:00',
    '2026-01-05 09:00:00',
    '2026-01-05T09:00:00Z',
    '2026-01-05T00:00:00Z',
    '2026-01-05T08:59:59.999999+09:00',
    '2026-01-05T09:00:00.000001+09:00',
    '2026/1/5 9:05',
    '2026/1/5T9:05',
    '2026-01-05',
    '2026-01-05 24:00',
    '2026-01-05 23:59:60',
    '2026-01-05 9:5',
    '2026-01-05T09:00z',
    '2026-01-05 09:00 JST',
    '2026-01-05 09:00 +09',
    '2026-01-05 09:00+15:59',
    '2026-01-05 09:00-15:59',
    '2026-01-05 09:00+16:00',
    '2026-01-05 09:00+0960',
    '2026-01-05 09:00+09:60',
    '2026-02-30 09:00',
    '2026-01-05  09:00',
    'now',
    'infinity',
    'epoch',
    '2026-01-05 09:00:00.1234567',
    '2026-01-05 09:00 Z',
    '20260105T090000',
    '2026-01-05 09:00 PM',
    '令和8年1月5日 9:00',
    '0001-01-01 00:00',
    '9999-12-31 23:59:59',
  ],
};
