import type { Locale } from '@hikyaku/types';

const formats = {
  ja: new Intl.NumberFormat('ja', { maximumFractionDigits: 0 }),
  en: new Intl.NumberFormat('en', { maximumFractionDigits: 0 }),
};

/** A whole number with thousands marked: `1,234,567`. */
export function formatCount(count: number, locale: Locale): string {
  return Number.isFinite(count) ? formats[locale].format(count) : '—';
}
