import type { ListElement, Policy, PolicyStatement, PolicyValue } from '../policy/policy.ts';
import { coversAction, coversResource } from './covers.ts';

/**
 * The same meaning in fewer statements: values that a wider one beside them covers go, statements that another covers go, and
 * those that differ in a single list become one. Deny and Allow never mix; the first statement's name is kept.
 */
export function merge(policy: Policy): Policy {
  let statements = policy.statements.map(withoutCovered);
  for (;;) {
    const fewer = mergeOnce(statements);
    if (fewer.length === statements.length) return { ...policy, statements };
    statements = fewer.map(withoutCovered);
  }
}

function mergeOnce(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const kept: PolicyStatement[] = [];
  for (const statement of statements) {
    const at = kept.findIndex((earlier) => united(earlier, statement) !== undefined);
    const earlier = kept[at];
    const both = earlier && united(earlier, statement);
    if (both) kept[at] = both;
    else kept.push(statement);
  }
  return kept;
}

/** One statement that says what two say; undefined where there is none. */
function united(one: PolicyStatement, other: PolicyStatement): PolicyStatement | undefined {
  if (one.effect !== other.effect || principalKey(one) !== principalKey(other)) return undefined;
  const areConditionsSame = conditionKey(one) === conditionKey(other);
  const areActionsSame = listKey(one.actions) === listKey(other.actions);
  const areResourcesSame = listKey(one.resources) === listKey(other.resources);
  if (coversStatement(one, other, areConditionsSame)) return one;
  if (coversStatement(other, one, areConditionsSame)) return named(other, one);
  if (!areConditionsSame) return undefined;
  if (areResourcesSame && !one.actions.isNegated && !other.actions.isNegated) {
    return { ...one, actions: union(one.actions, other.actions) };
  }
  if (areActionsSame && one.resources && other.resources && !one.resources.isNegated && !other.resources.isNegated) {
    return { ...one, resources: union(one.resources, other.resources) };
  }
  return undefined;
}

function named(statement: PolicyStatement, { sid }: PolicyStatement): PolicyStatement {
  return sid === undefined ? statement : { ...statement, sid };
}

/** Whether the wide one matches whatever the narrow one does; it may ask for nothing, or for the same. */
function coversStatement(wide: PolicyStatement, narrow: PolicyStatement, areConditionsSame: boolean): boolean {
  if (wide.conditions.length > 0 && !areConditionsSame) return false;
  const areResourcesCovered =
    wide.resources && narrow.resources
      ? coversList(wide.resources, narrow.resources, coversResource)
      : wide.resources === narrow.resources;
  return areResourcesCovered && coversList(wide.actions, narrow.actions, coversAction);
}

function coversList(wide: ListElement, narrow: ListElement, covers: Covers): boolean {
  if (listKey(wide) === listKey(narrow)) return true;
  if (wide.isNegated || narrow.isNegated) return false;
  return narrow.values.every(({ value }) => wide.values.some((own) => covers(own.value, value)));
}

type Covers = (wide: string, narrow: string) => boolean;

function withoutCovered(statement: PolicyStatement): PolicyStatement {
  const { actions, resources } = statement;
  return {
    ...statement,
    actions: { ...actions, values: widest(actions.values, coversAction) },
    ...(resources ? { resources: { ...resources, values: widest(resources.values, coversResource) } } : {}),
  };
}

/** Without those that another one covers; of two that cover each other the first stays. */
function widest(values: readonly PolicyValue[], covers: Covers): PolicyValue[] {
  return values.filter(
    ({ value }, at) =>
      !values.some(
        (other, otherAt) =>
          otherAt !== at && covers(other.value, value) && (otherAt < at || !covers(value, other.value)),
      ),
  );
}

function union(one: ListElement, other: ListElement): ListElement {
  return { ...one, values: [...one.values, ...other.values] };
}

function principalKey({ principals }: PolicyStatement): string {
  return JSON.stringify([
    principals?.isNegated,
    principals?.values.map(({ type, value }) => `${type} ${value}`).toSorted(),
  ]);
}

function listKey(element: ListElement | undefined): string {
  return JSON.stringify([element?.isNegated, element?.values.map(({ value }) => value).toSorted()]);
}

function conditionKey({ conditions }: PolicyStatement): string {
  const each = conditions.map(({ operator, key, values }) =>
    JSON.stringify([operator.name, key.toLowerCase(), values.map(({ value }) => value).toSorted()]),
  );
  return JSON.stringify(each.toSorted());
}
