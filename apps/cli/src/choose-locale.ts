import type { Locale } from '@hikyaku/types';

/**
 * The language of a terminal: `--lang`, else the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set, as POSIX has it, else
 * that of the system (Windows sets none of them). Whatever isn't Japanese is English.
 */
export function chooseLocale(
  asked: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  ofSystem: string = Intl.DateTimeFormat().resolvedOptions().locale,
): Locale {
  const { LC_ALL, LC_MESSAGES, LANG } = environment;
  const language = asked || LC_ALL || LC_MESSAGES || LANG || ofSystem;
  return /^ja(?:[_.@-]|$)/i.test(language) ? 'ja' : 'en';
}
