import type { Comparison } from '../policy/condition-operator.ts';
import type { ConditionElement, Policy } from '../policy/policy.ts';
import { compileComparison } from './compile-comparison.ts';
import type { RequestContext } from './request-context.ts';

/** Whether a request meets one key of one operator. */
export type CompiledCondition = (context: RequestContext) => boolean;

/**
 * Values of one key are alternatives; for a negated operator none of them may match. What a missing key means is said at
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
export function compileCondition(element: ConditionElement, version: Policy['version']): CompiledCondition {
  const { operator } = element;
  const key = element.key.toLowerCase();
  if (operator.comparison === 'Null') return compileNull(element, key);
  const comparisons = element.values.map(({ value }) => compileComparison(operator.comparison, value, version));
  const matchesAny = (value: string, context: RequestContext) =>
    comparisons.some((comparison) => comparison(value, context));
  const meets = (value: string, context: RequestContext) => matchesAny(value, context) !== operator.isNegated;

  return (context) => {
    const values = context.get(key);
    // A set of nothing but empty texts is a null data set to the set operators.
    const isMissing = !values || values.length === 0 || (operator.set !== undefined && values.every((value) => !value));
    if (isMissing) {
      if (operator.ifExists) return true;
      return operator.set ? operator.set === 'ForAllValues' : operator.isNegated;
    }
    if (operator.set === 'ForAllValues') return values.every((value) => meets(value, context));
    if (operator.set === 'ForAnyValue') return values.some((value) => meets(value, context));
    // AWS leaves several values without a set operator undefined; here a negated operator refuses any of them.
    return values.some((value) => matchesAny(value, context)) !== operator.isNegated;
  };
}

function compileNull(element: ConditionElement, key: string): CompiledCondition {
  const wanted = new Set(element.values.map(({ value }) => value.toLowerCase() === 'true'));
  return (context) => wanted.has((context.get(key)?.length ?? 0) === 0);
}

/** Operators in whose values variables stand for something. */
export function takesVariables(comparison: Comparison): boolean {
  return comparison.startsWith('String') || comparison === 'ArnLike';
}
