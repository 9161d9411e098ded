import type { Locale } from '@hikyaku/types';
import type { ByLocale } from './by-locale.ts';
import { formatCount } from './format-count.ts';

const units = ['KB', 'MB', 'GB', 'TB', 'PB'] as const;

/**
 * A size in the largest unit that keeps it at 1 or more: `512 bytes`, `1.5 MB`, `151 MB`.
 * A unit is 1,024 of the one below, as the file manager of a company PC counts.
 */
export function formatBytes(bytes: number, locale: Locale): string {
  if (!Number.isFinite(bytes)) return '—';
  const [value, unit] = inLargestUnit(Math.max(0, bytes));
  return unit ? `${shortNumber(value, locale)} ${unit}` : wholeBytes(value, locale);
}

/** Steps by the rounded value, so that nothing reads `1,024 KB`. */
function inLargestUnit(bytes: number): [number, (typeof units)[number] | undefined] {
  let value = Math.round(bytes);
  let unit: (typeof units)[number] | undefined;
  for (const next of units) {
    if (rounded(value) < 1024) break;
    value /= 1024;
    unit = next;
  }
  return [value, unit];
}

/** One decimal below 100, none from there on: three figures are enough to read. */
function rounded(value: number): number {
  return value < 99.95 ? Math.round(value * 10) / 10 : Math.round(value);
}

const formats: ByLocale<Intl.NumberFormat> = {
  ja: new Intl.NumberFormat('ja', { maximumFractionDigits: 1 }),
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 1 }),
};

function shortNumber(value: number, locale: Locale): string {
  return formats[locale].format(rounded(value));
}

function wholeBytes(bytes: number, locale: Locale): string {
  const count = formatCount(bytes, locale);
  if (locale === 'ja') return `${count} バイト`;
  return bytes === 1 ? `${count} byte` : `${count} bytes`;
}
