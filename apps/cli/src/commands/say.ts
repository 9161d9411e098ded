import type { Locale, LocalizedText } from '@hikyaku/types';

/** Picks the language of this run. */
export type Say = (text: LocalizedText) => string;

export function sayIn(locale: Locale): Say {
  return (text) => text[locale];
}
