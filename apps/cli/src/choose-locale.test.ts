import { expect, test } from 'vitest';
import { chooseLocale } from './choose-locale.ts';

test.each([
  ['the first that is set counts', undefined, { LC_ALL: 'C', LANG: 'ja_JP.UTF-8' }, 'en'],
  ['an empty one counts for nothing', undefined, { LC_ALL: '', LC_MESSAGES: 'ja_JP.UTF-8', LANG: 'C' }, 'ja'],
  ['the language of the system where none is set', undefined, {}, 'ja'],
  ['what is asked for goes before all', 'en', { LANG: 'ja_JP.UTF-8' }, 'en'],
  ['a language that only begins alike is another', undefined, { LANG: 'jam_JM' }, 'en'],
] as const)('%s', (_, asked, variables, expected) => {
  expect(chooseLocale(asked, variables, 'ja-JP')).toBe(expected);
});
