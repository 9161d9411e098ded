import { firstAddress, lastAddress, parseIpRange, writeIpAddress } from '../conditions/ip-range.ts';
import { parseDate } from '../conditions/parse-date.ts';
import { parseNumber } from '../conditions/parse-number.ts';
import type { ConditionOperator } from '../policy/condition-operator.ts';
import type { ConditionElement, Policy } from '../policy/policy.ts';
import { sampleOf, type VariableValue } from './sample-of.ts';

/** What a request may say of a key: a value, or nothing at all. */
type Sample = string | undefined;

export interface ConditionSamples {
  /** With this the condition is met, as far as a plain value does it. */
  met: Sample;
  /** Whatever else is worth asking: each other value, both ends of a range, what lies just outside, and no value at all. */
  others: readonly Sample[];
}

export function conditionSamples({ operator, values }: ConditionElement, meaning: Meaning): ConditionSamples {
  const within = values.flatMap(({ value }) => samplesOf(operator, value, { ...meaning, isMatching: true }));
  const outside = values.flatMap(({ value }) => samplesOf(operator, value, { ...meaning, isMatching: false }));
  const [met, ...others] = operator.isNegated ? [...outside, ...within] : [...within, ...outside];
  return { met, others: [...new Set([...others, undefined])].filter((sample) => sample !== met) };
}

interface Meaning {
  version: Policy['version'];
  valueOf: VariableValue;
}

function samplesOf(
  { comparison }: ConditionOperator,
  value: string,
  { isMatching, ...meaning }: Meaning & { isMatching: boolean },
): readonly Sample[] {
  switch (comparison) {
    case 'Null':
      return [(value.toLowerCase() === 'true') === isMatching ? undefined : 'example'];
    case 'Bool':
      return [String((value.toLowerCase() === 'true') === isMatching)];
    case 'IpAddress':
      return addresses(value, isMatching);
    case 'BinaryEquals':
      return [isMatching ? value : 'AAAA'];
    default:
      if (comparison.startsWith('Numeric')) return [numberFor(comparison, parseNumber(value) ?? 0, isMatching)];
      if (comparison.startsWith('Date')) return [dateFor(comparison, parseDate(value) ?? 0, isMatching)];
      return [isMatching ? sampleOf(value, { ...meaning, wildcards: comparison.endsWith('Like') }) : 'something-else'];
  }
}

/** The first and the last one of a range; or the one that follows it, else the one before it, else one of the other family. */
function addresses(value: string, isWithin: boolean): readonly string[] {
  const range = parseIpRange(value);
  if (!range) return [isWithin ? value : exampleAddresses[32]];
  const [first, last] = [firstAddress(range), lastAddress(range)];
  const write = (address: bigint) => writeIpAddress({ width: range.width, address });
  if (isWithin) return [write(first), write(last)];
  if (last + 1n < 1n << BigInt(range.width)) return [write(last + 1n)];
  return [first > 0n ? write(first - 1n) : exampleAddresses[range.width === 32 ? 128 : 32]];
}

/** Set aside for documents, so that no policy means them. */
const exampleAddresses = { 32: '198.51.100.77', 128: '2001:db8:ffff::1' } as const;

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
