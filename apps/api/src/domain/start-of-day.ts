const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** The moment the day of `at` began in a time zone (IANA name), also on days when clocks are changed. */
export function startOfDay(at: Date, timeZone: string): Date {
  const guess = new Date(at.getTime() - sinceMidnight(at, timeZone));
  // Where a clock was changed since midnight the guess is off by as much: a little late, or late the evening before.
  const off = sinceMidnight(guess, timeZone);
  return new Date(guess.getTime() - (off > dayMilliseconds / 2 ? off - dayMilliseconds : off));
}

/** What the clock on the wall shows, in milliseconds. */
function sinceMidnight(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const value = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return ((value('hour') * 60 + value('minute')) * 60 + value('second')) * 1_000 + at.getMilliseconds();
}
