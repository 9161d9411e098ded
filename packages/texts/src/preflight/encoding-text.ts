import type { FileEncoding, Locale } from '@hikyaku/types';
import type { ByLocale } from '../by-locale.ts';

const texts = {
  'utf-8': { ja: 'UTF-8', en: 'UTF-8' },
  cp932: { ja: 'シフトJIS（Windows）', en: 'Shift_JIS (Windows)' },
  'euc-jp': { ja: 'EUC-JP', en: 'EUC-JP' },
  'utf-16le': { ja: 'UTF-16（LE）', en: 'UTF-16 (LE)' },
  'utf-16be': { ja: 'UTF-16（BE）', en: 'UTF-16 (BE)' },
} satisfies Record<Exclude<FileEncoding, 'auto'>, ByLocale<string>>;

/** What people call an encoding. */
export function encodingText(encoding: Exclude<FileEncoding, 'auto'>, locale: Locale): string {
  return texts[encoding][locale];
}
