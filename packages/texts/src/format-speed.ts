import type { Locale } from '@hikyaku/types';
import { formatBytes } from './format-bytes.ts';

/** Bytes per second as people read them: `1.5 MB/s`, `1.5 MB/秒`. */
export function formatSpeed(bytesPerSecond: number, locale: Locale): string {
  return `${formatBytes(bytesPerSecond, locale)}/${locale === 'ja' ? '秒' : 's'}`;
}
