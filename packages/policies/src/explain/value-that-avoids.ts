import type { ConditionOperator } from '../policy/condition-operator.ts';
import type { PolicyValue } from '../policy/policy.ts';

/** A value with which a request would not meet a condition (it is tried out afterwards); undefined where none is plain. */
export function valueThatAvoids(operator: ConditionOperator, values: readonly PolicyValue[]): string | undefined {
  const value = values[0]?.value;
  if (value === undefined) return undefined;
  if (operator.comparison === 'Bool') return value.toLowerCase() === 'true' ? 'false' : 'true';
  // Numbers and dates stand on the other side of the bound at the bound itself, or not at all.
  if (operator.comparison.endsWith('LessThan') || operator.comparison.endsWith('GreaterThan')) return value;
  if (!operator.isNegated || /[*?]|\$\{/.test(value)) return undefined;
  return operator.comparison === 'IpAddress' ? value.split('/')[0] : value;
}
