import type { S3Client } from '@aws-sdk/client-s3';
import { listObjects } from '../list/list-objects.ts';
import { presignGet } from './presign-get.ts';
import type { Presigned } from './presigned.ts';

export interface DatedObject extends Presigned {
  key: string;
  /** The day in the key: `2026-11-22`. */
  day: string;
  sizeBytes: number;
}

/** Days that nobody would ask for one by one. */
const mostDays = 3_660;
const dayMilliseconds = 86_400_000;

/**
 * URLs for all objects that are there for some days: those whose keys begin with the pattern, with each day in the place of `{yyyy}`,
 * `{MM}` and `{dd}`. By day, of a day by key; signed as they are read, so that nobody waits for the last.
 *
 * ```ts
 * const days = { from: '2026-11-01', to: '2026-11-30' };
 * for await (const { key, url } of presignDated(client, { bucket, pattern: 'sales/{yyyy}/{MM}/{dd}/', ...days }, 3_600)) send(key, url);
 * ```
 *
 * @param options.from the first day and `to` the last one, both included, as `yyyy-MM-dd`
 * @param lifetimeSeconds as asked; each URL's `limitedBy` says what won
 * @throws RangeError for days that are none, are in the wrong order or more than 3,660, or a pattern without all three
 * @throws HikyakuError no-credentials, expired-credentials, access-denied and what else `storageErrorCode` names
 */
export async function* presignDated(
  client: S3Client,
  options: { bucket: string; pattern: string; from: string; to: string; signal?: AbortSignal },
  lifetimeSeconds: number,
): AsyncGenerator<DatedObject, void, undefined> {
  const { bucket, pattern, signal } = options;
  if (!['{yyyy}', '{MM}', '{dd}'].every((field) => pattern.includes(field))) {
    throw new RangeError(`a pattern needs {yyyy}, {MM} and {dd}: ${pattern}`);
  }
  for (const day of daysBetween(options.from, options.to)) {
    const prefix = withDay(pattern, day);
    for await (const entry of listObjects(client, { bucket, prefix, ...(signal ? { signal } : {}) })) {
      if (entry.kind !== 'object') continue;
      const { key, sizeBytes } = entry;
      yield { key, day, sizeBytes, ...(await presignGet(client, { bucket, key }, lifetimeSeconds)) };
    }
  }
}

function withDay(pattern: string, day: string): string {
  const [yyyy = '', MM = '', dd = ''] = day.split('-');
  return pattern.replaceAll('{yyyy}', yyyy).replaceAll('{MM}', MM).replaceAll('{dd}', dd);
}

function daysBetween(from: string, to: string): string[] {
  const [first, last] = [startOf(from), startOf(to)];
  const count = (last - first) / dayMilliseconds + 1;
  if (!(count >= 1 && count <= mostDays)) throw new RangeError(`not a span of days: ${from} to ${to}`);
  return Array.from({ length: count }, (_, index) => nameOf(first + index * dayMilliseconds));
}

/** A day of the calendar, in no zone: none is ever skipped or comes twice. */
function startOf(day: string): number {
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start) || nameOf(start) !== day) throw new RangeError(`not a day: ${day}`);
  return start;
}

function nameOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}
