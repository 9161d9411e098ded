import { expect, it } from 'vitest';
import { actorText } from './actor-text.ts';

it.each([
  ['佐藤 花子', 'ja', '佐藤 花子さん'],
  ['佐藤 花子', 'en', '佐藤 花子'],
  ['夜間バッチ (API)', 'ja', '夜間バッチ (API)'],
  ['夜間バッチ (API)', 'en', '夜間バッチ (API)'],
] as const)('%s is spoken of in %s as %s', (name, locale, text) => {
  expect(actorText(name, locale)).toBe(text);
});
