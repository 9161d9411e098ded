import type { Locale } from '@hikyaku/types';

/** The language chosen before, else the browser's, else Japanese. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  return preferences(acceptLanguage ?? '').find(isLocale) ?? 'ja';
}

function isLocale(value: string | undefined): value is Locale {
  return value === 'ja' || value === 'en';
}

/** `en-GB,en;q=0.9,ja;q=0.8` → languages without their regions, dearest first. RFC 9110, 12.5.4. */
function preferences(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.trim().toLowerCase().split(';');
      const quality = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
      return { language: tag.split('-')[0] ?? '', quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ language }) => language);
}
