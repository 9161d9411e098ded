import { describe, expect, it } from 'vitest';
import { chooseLocale } from './choose-locale.ts';

describe('chooseLocale', () => {
  it.each([
    ['en', 'ja', 'en'],
    ['ja', 'en-GB', 'ja'],
    [undefined, 'en-GB,en;q=0.9,ja;q=0.8', 'en'],
    [undefined, 'fr-FR,ja;q=0.5,en;q=0.7', 'en'],
    [undefined, 'ja;q=0.9, en;q=0', 'ja'],
    [undefined, 'fr,de;q=0.9', 'ja'],
    [undefined, '', 'ja'],
    [undefined, null, 'ja'],
    ['fr', 'en', 'en'],
  ] as const)('cookie %j and Accept-Language %j give %s', (chosen, acceptLanguage, locale) => {
    expect(chooseLocale(chosen, acceptLanguage)).toBe(locale);
  });
});
