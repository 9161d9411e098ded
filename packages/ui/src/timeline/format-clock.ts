/** `09:05:07` and `2026-11-21` in a time zone. Sweden writes both as ISO 8601 does, on any machine. */
export function formatClock(iso: string, timeZone: string): { day: string; clock: string } {
  const [day = '', clock = ''] = new Date(iso)
    .toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' })
    .split(' ');
  return { day, clock };
}
