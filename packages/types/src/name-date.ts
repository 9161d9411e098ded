/** A date, and where given a time, that no digit stands before or behind. Full-width digits are made plain before. */
const written =
  /(?<!\d)(?:(\d{4})(\d{2})(\d{2})(?:(?:T?(\d{2})(\d{2})(\d{2}))|(?:T?(\d{2})(\d{2})))?|(\d{4})([-_])(\d{2})\10(\d{2})(?:T(\d{2}):?(\d{2})(?::?(\d{2}))?)?)(?!\d)/g;

/**
 * The last date that a name tells, as a number that orders: `yyyymmddhhmmss`, 0 where a part is not told. Read are
 * `20261121`, `2026-11-21` and `2026_11_21`, the first two also with a time: `202611210930`, `20261121093000`,
 * `20261121T0930`, `2026-11-21T0930`, `2026-11-21T093000`. Only days and times there are: `20261341` is no date. It is told
 * in the organization's time zone and never converted: what is compared are names.
 */
export function findNameDate(name: string): bigint | undefined {
  let last: bigint | undefined;
  for (const match of name.normalize('NFKC').matchAll(written)) {
    const [, y1, m1, d1, h1, i1, s1, h2, i2, y2, , m2, d2, h3, i3, s3] = match;
    const parts = [y1 ?? y2, m1 ?? m2, d1 ?? d2, h1 ?? h2 ?? h3, i1 ?? i2 ?? i3, s1 ?? s3];
    last = positionOf(parts.map((part) => Number(part ?? 0))) ?? last;
  }
  return last;
}

function positionOf([year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0]: number[]): bigint | undefined {
  // What isn't there is moved to what is, by the calendar: then it comes back as another.
  const moment = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isThere =
    year >= 1_900 &&
    moment.getUTCMonth() === month - 1 &&
    moment.getUTCDate() === day &&
    moment.getUTCHours() === hour &&
    moment.getUTCMinutes() === minute &&
    moment.getUTCSeconds() === second;
  if (!isThere) return undefined;
  return BigInt(((((year * 100 + month) * 100 + day) * 100 + hour) * 100 + minute) * 100 + second);
}
