import { containsRange, type IpRange, parseIpRange } from '../conditions/ip-range.ts';
import type { Comparison } from '../policy/condition-operator.ts';
import type { ConditionElement, PolicyStatement } from '../policy/policy.ts';
import { takesVariables } from '../conditions/compile-condition.ts';
import { actionHasKey, actionsLike, conditionKeyType, serviceOf } from '../services/services.ts';
import type { LintScope } from './lint.ts';

export function lintConditions(scope: LintScope): void {
  for (const condition of scope.statement.conditions) lintCondition(scope, condition);
}

function lintCondition(scope: LintScope, condition: ConditionElement): void {
  const { statement, add } = scope;
  const { key, pointer, operator } = condition;
  const type = conditionKeyType(key);
  if (type === undefined) {
    add('unknown-condition-key', pointer, { key });
    return;
  }
  if (!isEverPresent(statement, key))
    add('key-never-present', pointer, { key, action: statement.actions.values[0]?.value ?? '' });
  if (type !== 'unknown') lintType(scope, condition, type);
  if (operator.set === 'ForAllValues' && statement.effect === 'Allow' && !isRequired(statement, key)) {
    add('for-all-values-with-allow', pointer, { key });
  }
  lintValues(scope, condition);
}

/** Whether requests of at least one of the statement's actions can have the key. */
function isEverPresent({ actions }: PolicyStatement, key: string): boolean {
  if (/^aws:/i.test(key) || actions.isNegated) return true;
  return actions.values.some(({ value }) => {
    const [prefix = '', name = ''] = value.split(':');
    const service = serviceOf(prefix);
    if (!service || value === '*') return true;
    const found = actionsLike(service, name);
    const isForeign = !key.toLowerCase().startsWith(`${prefix.toLowerCase()}:`);
    return isForeign || found.length === 0 || found.some((action) => actionHasKey(service, action, key));
  });
}

/** What each type may be compared by; `Null` goes with all. */
const families: Record<string, RegExp> = {
  String: /^String|^Arn/,
  ARN: /^Arn|^String/,
  Bool: /^Bool$/,
  Numeric: /^Numeric/,
  Date: /^Date|^Numeric/,
  IPAddress: /^IpAddress$/,
};

function lintType({ add }: LintScope, { operator, key, pointer }: ConditionElement, type: string): void {
  const isList = type.startsWith('ArrayOf');
  const family = families[isList ? type.slice('ArrayOf'.length) : type];
  if (operator.comparison !== 'Null' && family && !family.test(operator.comparison)) {
    add('wrong-operator-for-key', pointer, { key, operator: operator.name, type });
  }
  if (isList && !operator.set && operator.comparison !== 'Null') add('set-operator-missing', pointer, { key });
  if (!isList && operator.set) add('set-operator-on-single-value', pointer, { key, operator: operator.name });
}

/** Whether another condition refuses requests without the key. */
function isRequired({ conditions }: PolicyStatement, key: string): boolean {
  return conditions.some(
    ({ operator, key: other, values }) =>
      operator.comparison === 'Null' &&
      other.toLowerCase() === key.toLowerCase() &&
      values.every(({ value }) => value.toLowerCase() === 'false'),
  );
}

function lintValues({ statement, add }: LintScope, { operator, key, values }: ConditionElement): void {
  for (const { value, pointer } of values) {
    const { comparison } = operator;
    if (takesWildcardsLiterally(comparison) && /[*?]/.test(value.replaceAll(/\$\{[*?]\}/g, ''))) {
      add('wildcard-without-like', pointer, { value, operator: operator.name });
    }
    if (value.includes('${') && !takesVariables(comparison)) {
      add('variable-without-effect', pointer, { value, effect: statement.effect });
    }
    if (key.toLowerCase() === 'aws:sourceip' && comparison === 'IpAddress' && isPrivate(value)) {
      add('private-source-ip', pointer, { value });
    }
  }
}

function takesWildcardsLiterally(comparison: Comparison): boolean {
  return comparison === 'StringEquals' || comparison === 'StringEqualsIgnoreCase';
}

/** RFC 1918, shared address space, loopback, link-local, and their like of IPv6: none is ever seen from outside. */
const privateRanges = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
].flatMap((text): IpRange[] => {
  const range = parseIpRange(text);
  return range ? [range] : [];
});

function isPrivate(value: string): boolean {
  const range = parseIpRange(value);
  return range !== undefined && privateRanges.some((outer) => containsRange(outer, range));
}
