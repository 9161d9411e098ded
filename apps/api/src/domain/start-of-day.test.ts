import { expect, test } from 'vitest';
import { startOfDay } from './start-of-day.ts';

test.each([
  ['2026-11-21T14:59:59.999Z', 'Asia/Tokyo', '2026-11-20T15:00:00.000Z'],
  ['2026-11-21T15:00:00.000Z', 'Asia/Tokyo', '2026-11-21T15:00:00.000Z'],
  ['2026-11-21T00:30:00.000Z', 'Asia/Kolkata', '2026-11-20T18:30:00.000Z'],
  ['2026-11-21T23:59:59.000Z', 'UTC', '2026-11-21T00:00:00.000Z'],
  // Clocks go forward at 01:00 UTC on March 29th, and back on October 25th.
  ['2026-03-29T10:00:00.000Z', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
  ['2026-10-25T10:00:00.000Z', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
  ['2026-10-25T00:30:00.000Z', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
])('the day of %s in %s began at %s', (at, timeZone, began) => {
  expect(startOfDay(new Date(at), timeZone).toISOString()).toBe(began);
});
