const dayMilliseconds = 86_400_000;

/** The moment a day (`2026-11-30`) is over in a time zone (IANA name); undefined of what is no day, or ends after the year 9999. */
export function endOfDay(day: string, timeZone: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
  const midnight = Date.parse(`${day}T00:00:00Z`) + dayMilliseconds;
  if (Number.isNaN(midnight)) return undefined;
  // Twice: clocks may be changed between the guess and the moment.
  const guess = midnight - offsetAt(midnight, timeZone);
  const end = new Date(midnight - offsetAt(guess, timeZone));
  return Number.isNaN(end.getTime()) || end.getUTCFullYear() > 9_999 ? undefined : end;
}

/** How far the clock on the wall is ahead of UTC. */
function offsetAt(moment: number, timeZone: string): number {
  const wall = new Date(moment).toLocaleString('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - moment;
}
