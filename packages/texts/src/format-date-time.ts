import type { Locale } from '@hikyaku/types';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * A moment to the minute in a time zone: `2026/11/21 09:05`, `21 Nov 2026, 09:05`.
 * Put together by hand: server and browser may carry different locale data, and a page must not change as it wakes up.
 *
 * @param iso an ISO 8601 moment with its offset, such as `2026-11-21T00:05:00Z`
 * @param timeZone an IANA name, such as `Asia/Tokyo`
 */
export function formatDateTime(iso: string, locale: Locale, timeZone: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '—';
  const { year, month, day, hour, minute } = partsIn(timeZone, at);
  if (locale === 'ja') return `${year}/${month}/${day} ${hour}:${minute}`;
  return `${Number(day)} ${monthNames[Number(month) - 1]} ${year}, ${hour}:${minute}`;
}

function partsIn(timeZone: string, at: Date): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
  // sv-SE writes `2026-11-21 09:05`.
  const [date = '', time = ''] = at
    .toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' })
    .split(' ');
  const [year = '', month = '', day = ''] = date.split('-');
  const [hour = '', minute = ''] = time.split(':');
  return { year, month, day, hour, minute };
}
