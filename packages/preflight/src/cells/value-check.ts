import { namedValues } from '@hikyaku/datasets/reading';
import type { ColumnDefinition } from '@hikyaku/types';
import { type CellVerdict, fault } from './cell-fault.ts';
import { compareDecimals } from './decimal.ts';
import { compareMoments, readDay, readMoment } from './moment.ts';
import { countCharacters } from './type-check.ts';

/** What the worker will say of a cell, not empty, that its column can hold. */
export type ValueCheck = (text: string) => CellVerdict;

/** How a cell lies to a limit: as for numbers, or undefined where that is not known here. */
type Compare = (text: string, limit: string) => number | undefined;

/**
 * The twin of what the worker asks of values beyond their types (`constraint-checks.ts` of `@hikyaku/ingest`), in its order;
 * undefined for a column of which nothing is asked.
 */
export function valueCheck(column: ColumnDefinition, timeZone: string): ValueCheck | undefined {
  const checks = [lengthCheck(column), listCheck(column), ...limitChecks(column, timeZone)].filter(
    (check) => check !== undefined,
  );
  if (checks.length === 0) return undefined;
  return (text) => {
    for (const check of checks) {
      const verdict = check(text);
      if (verdict !== 'sound') return verdict;
    }
    return 'sound';
  };
}

function lengthCheck({ minLength }: ColumnDefinition): ValueCheck | undefined {
  if (minLength === undefined) return undefined;
  return (text) => {
    const found = countCharacters(text);
    return found < minLength ? fault('too-short', { minLength, found }) : 'sound';
  };
}

function listCheck({ oneOf }: ColumnDefinition): ValueCheck | undefined {
  if (!oneOf) return undefined;
  const listed = new Set(oneOf);
  const named = namedValues(oneOf);
  return (text) => (listed.has(text) ? 'sound' : fault('not-listed', { listed: named }));
}

function limitChecks({ type, min, max }: ColumnDefinition, timeZone: string): (ValueCheck | undefined)[] {
  const compare = comparison(type, timeZone);
  if (!compare) return [];
  return [
    limitCheck(min, compare, (order) => order < 0, 'too-small'),
    limitCheck(max, compare, (order) => order > 0, 'too-large'),
  ];
}

function limitCheck(
  limit: number | string | undefined,
  compare: Compare,
  isBeyond: (order: number) => boolean,
  code: 'too-small' | 'too-large',
): ValueCheck | undefined {
  if (limit === undefined) return undefined;
  const written = String(limit);
  return (text) => {
    const order = compare(text, written);
    if (order === undefined) return 'undecided';
    return isBeyond(order) ? fault(code, { limit: written }) : 'sound';
  };
}

function comparison(type: ColumnDefinition['type'], timeZone: string): Compare | undefined {
  switch (type) {
    case 'integer':
    case 'number':
      return compareDecimals;
    case 'date':
      return (text, limit) => compareDays(readDay(text) ?? '', limit);
    case 'timestamp':
      return (text, limit) => {
        const [moment, other] = [readMoment(text, timeZone), readMoment(limit, timeZone)];
        return moment && other && compareMoments(moment, other);
      };
    case 'text':
    case 'boolean':
      return undefined;
    default:
      return type satisfies never;
  }
}

/** Written alike, days are in the order of their digits. */
function compareDays(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
