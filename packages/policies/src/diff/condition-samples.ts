import type { ConditionOperator } from '../policy/condition-operator.ts';
import type { ConditionElement } from '../policy/policy.ts';
import { parseDate } from '../conditions/parse-date.ts';
import { parseNumber } from '../conditions/parse-number.ts';
import { sampleOf } from './sample-of.ts';

/** What a request may say of a key: a value, or nothing at all. */
type Sample = string | undefined;

/** A value with which a condition is met, and one with which it isn't, as far as there are plain ones. */
export function conditionSamples({ operator, values }: ConditionElement): { met: Sample; unmet: Sample } {
  const value = values[0]?.value ?? '';
  const equal = sampleFor(operator, value, true);
  const different = sampleFor(operator, value, false);
  return operator.isNegated ? { met: different, unmet: equal } : { met: equal, unmet: different };
}

function sampleFor({ comparison }: ConditionOperator, value: string, isMatching: boolean): Sample {
  switch (comparison) {
    case 'Null':
      return (value.toLowerCase() === 'true') === isMatching ? undefined : 'example';
    case 'Bool':
      return String((value.toLowerCase() === 'true') === isMatching);
    case 'IpAddress':
      return isMatching ? (value.split('/')[0] ?? '') : elsewhere(value);
    case 'BinaryEquals':
      return isMatching ? value : 'AAAA';
    default:
      if (comparison.startsWith('Numeric')) return numberFor(comparison, parseNumber(value) ?? 0, isMatching);
      if (comparison.startsWith('Date')) return dateFor(comparison, parseDate(value) ?? 0, isMatching);
      return isMatching ? sampleOf(value) : 'something-else';
  }
}

/** Networks that are set aside for documents, so that no policy means them. */
function elsewhere(range: string): string {
  if (range.includes(':')) return range.startsWith('2001:db8:ffff') ? '2001:db8:eeee::1' : '2001:db8:ffff::1';
  return range.startsWith('198.51.100.') ? '192.0.2.77' : '198.51.100.77';
}

function numberFor(comparison: string, bound: number, isMatching: boolean): string {
  return String(bound + stepFor(comparison, isMatching));
}

function dateFor(comparison: string, bound: number, isMatching: boolean): string {
  return new Date(bound + stepFor(comparison, isMatching) * 1_000).toISOString();
}

function stepFor(comparison: string, isMatching: boolean): number {
  if (comparison.endsWith('LessThan')) return isMatching ? -1 : 0;
  if (comparison.endsWith('GreaterThan')) return isMatching ? 1 : 0;
  if (comparison.endsWith('LessThanEquals')) return isMatching ? 0 : 1;
  if (comparison.endsWith('GreaterThanEquals')) return isMatching ? 0 : -1;
  return isMatching ? 0 : 1;
}
