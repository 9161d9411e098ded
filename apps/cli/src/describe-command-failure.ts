import type { Locale } from '@hikyaku/types';
import type { CommandFailure } from './command-failure.ts';
import { printable } from './output/printable.ts';
import { failureTexts } from './texts/failure-texts.ts';

/** What only the command says, in words: nothing a terminal would obey. */
export function describeCommandFailure({ code, details }: CommandFailure, locale: Locale): string[] {
  const words = failureTexts[code][locale];
  const lines = words((name) => String(details[name] ?? ''));
  return lines.filter((line) => line !== '').map(printable);
}
