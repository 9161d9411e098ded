import { acceptedLanguages } from '@hikyaku/texts';

import type { Locale } from '@hikyaku/types';

/** The language chosen before, else the browser's, else Japanese. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  return acceptedLanguages(acceptLanguage ?? '').find(isLocale) ?? 'ja';
}

function isLocale(value: string | undefined): value is Locale {
  return value === 'ja' || value === 'en';
}
