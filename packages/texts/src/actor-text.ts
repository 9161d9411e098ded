import type { Locale } from '@hikyaku/types';

/** What stands behind a token's name. */
const tokenMark = ' (API)';

/** Who did something: in Japanese people are spoken of politely, tokens are not. */
export function actorText(name: string, locale: Locale): string {
  return locale === 'ja' && !name.endsWith(tokenMark) ? `${name}さん` : name;
}
