/** How two values are compared. */
export type Comparison = (typeof comparisons)[number];

/**
 * Of https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html, without the
 * negated ones: `StringNotLike` is `StringLike`, negated.
 */
const comparisons = [
  'StringEquals',
  'StringEqualsIgnoreCase',
  'StringLike',
  'NumericEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'ArnLike',
  'Null',
] as const;

export interface ConditionOperator {
  /** As written. */
  name: string;
  comparison: Comparison;
  isNegated: boolean;
  ifExists: boolean;
  /** Which of several values in the request have to match. */
  set?: 'ForAllValues' | 'ForAnyValue';
}

const negations: Record<string, Comparison> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
  ArnNotEquals: 'ArnLike',
  ArnNotLike: 'ArnLike',
};

// ArnEquals and ArnLike behave alike.
const operators = new Map<string, { comparison: Comparison; isNegated: boolean }>([
  ...comparisons.map((name) => [name, { comparison: name, isNegated: false }] as const),
  ['ArnEquals', { comparison: 'ArnLike', isNegated: false }],
  ...Object.entries(negations).map(([name, comparison]) => [name, { comparison, isNegated: true }] as const),
]);

const operatorSyntax = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/** Undefined where AWS knows no such operator; `NullIfExists` is none. */
export function conditionOperator(name: string): ConditionOperator | undefined {
  const [, set, base = '', ifExists] = operatorSyntax.exec(name) ?? [];
  const known = operators.get(base);
  if (!known || (known.comparison === 'Null' && ifExists)) return undefined;
  return {
    name,
    ...known,
    ifExists: ifExists !== undefined,
    ...(set === 'ForAllValues' || set === 'ForAnyValue' ? { set } : {}),
  };
}
