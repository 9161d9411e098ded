import { columnDefinition, type ColumnType } from '@hikyaku/types';
import { expect, test } from 'vitest';
import { rulesWith } from '../../test/reading-rules.ts';
import { cellHint } from './cell-hint.ts';
import { typeCheck } from './type-check.ts';

function hintOf(type: ColumnType, text: string) {
  const column = columnDefinition.parse({ name: 'cell', type });
  const hint = cellHint(text, column, typeCheck(column, rulesWith()));
  return hint && `${hint.code}: ${hint.instead}`;
}

test.each<[ColumnType, string, string | undefined]>([
  ['integer', '１２３', 'full-width: 123'],
  ['integer', '－１２', 'full-width: -12'],
  ['integer', ' 12', 'spaces: 12'],
  ['integer', '1,200', 'thousands-separators: 1200'],
  ['integer', '1,20', undefined],
  ['integer', '￥１，２００', 'unit: 1200'],
  ['integer', '12個', 'unit: 12'],
  ['integer', '12.0', 'whole-number-with-point: 12'],
  ['integer', '12.5', undefined],
  ['number', '¥1,200.5', 'unit: 1200.5'],
  ['number', '10%', undefined],
  ['boolean', 'はい', 'yes-or-no-word: true'],
  ['boolean', '×', 'yes-or-no-word: false'],
  ['boolean', 'たぶん', undefined],
  ['date', '令和8年11月22日', 'japanese-era: 2026-11-22'],
  ['date', '令和元年5月1日', 'japanese-era: 2019-05-01'],
  ['date', 'Ｒ８．１１．２２', 'japanese-era: 2026-11-22'],
  ['date', 'H31/4/30', 'japanese-era: 2019-04-30'],
  ['date', '㍻31年4月30日', 'japanese-era: 2019-04-30'],
  ['date', '昭和64年1月7日', 'japanese-era: 1989-01-07'],
  ['date', '令和8年2月30日', undefined],
  ['date', '2026年11月22日', 'kanji-date: 2026-11-22'],
  ['date', '20261122', 'compact-date: 2026-11-22'],
  ['date', '2026.11.22', 'compact-date: 2026-11-22'],
  ['date', '20261341', undefined],
  ['date', '2026/11/22 0:00:00', 'time-in-date: 2026/11/22'],
  ['date', '11/22/2026', undefined],
  ['timestamp', '令和8年11月22日 9:05', 'japanese-era: 2026-11-22 09:05'],
  ['timestamp', '2026年11月22日9時5分', 'kanji-date: 2026-11-22 09:05'],
  ['timestamp', '2026年11月22日', undefined],
])('%s %j: %s', (type, text, hint) => {
  expect(hintOf(type, text)).toBe(hint);
});
