/** Zones whose clocks have stood so far from UTC since the day named, without a change. */
const fixedZones: Record<string, { minutes: number; since: string } | undefined> = {
  'Asia/Tokyo': { minutes: 540, since: '1952-01-01' },
  UTC: { minutes: 0, since: '0001-01-01' },
};
/** No two zones, and no two days of one zone, are farther apart. */
const farthestZones = 27n * 3_600n * 1_000_000n;

/** A day and time as a cell tells it. */
interface Moment {
  /** Microseconds since 1970; of the clock on the wall where `isLocal`. */
  microseconds: bigint;
  /** Without an offset, in a zone whose offset on that day is not known here. */
  isLocal: boolean;
}

const written =
  /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[ T](\d\d?):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(?: ?(?:Z|([+-])(\d\d)(?::?(\d\d))?))?)?$/;

/** `2026-01-05` for `2026/1/5`; undefined for days there are not. */
export function readDay(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/](\d\d?)[-/](\d\d?)$/.exec(text) ?? [];
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (y < 1 || m < 1 || m > 12 || d < 1 || d > daysOf(y, m)) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Undefined for moments there are not. The text has the form of a timestamp. */
export function readMoment(text: string, timeZone: string): Moment | undefined {
  const match = written.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hours = '0', minutes = '0', seconds = '0', fraction = '', sign, zoneHours, zoneMinutes] =
    match;
  const date = readDay(`${year}-${month}-${day}`);
  if (date === undefined) return undefined;
  const offset = offsetOf(text, sign, zoneHours, zoneMinutes);
  // PostgreSQL knows no zone beyond these.
  if (offset !== undefined && (Math.abs(offset) >= 16 * 60 || Number(zoneMinutes ?? 0) > 59)) return undefined;
  const zone = fixedZones[timeZone];
  const known = offset ?? (zone && date >= zone.since ? zone.minutes : undefined);
  const wall =
    Date.parse(`${date}T00:00:00Z`) + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  const microseconds = BigInt(wall - (known ?? 0) * 60_000) * 1_000n + BigInt(fraction.padEnd(6, '0'));
  return { microseconds, isLocal: known === undefined };
}

/** As for numbers; undefined where a zone decides that is not known here. */
export function compareMoments(a: Moment, b: Moment): number | undefined {
  const difference = a.microseconds - b.microseconds;
  const isFar = difference > farthestZones || difference < -farthestZones;
  if ((a.isLocal || b.isLocal) && !isFar) return undefined;
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** The same for the same moment, as far as that is known here. */
export function momentKey({ microseconds, isLocal }: Moment): string {
  return `${isLocal ? 'l' : ''}${microseconds}`;
}

/** Minutes ahead of UTC. */
function offsetOf(text: string, sign: string | undefined, hours = '0', minutes = '0'): number | undefined {
  if (text.endsWith('Z')) return 0;
  if (sign === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function daysOf(year: number, month: number): number {
  return new Date(Date.UTC(2_000 + (year % 400), month, 0)).getUTCDate();
}
