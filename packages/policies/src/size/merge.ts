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

/** A statement with what it is compared by, made once: every statement meets every other. */
interface Keyed {
  statement: PolicyStatement;
  who: string;
  conditions: string;
  actions: string;
  resources: string;
}

function keyed(statement: PolicyStatement): Keyed {
  return {
    statement,
    who: `${statement.effect} ${principalKey(statement)}`,
    conditions: conditionKey(statement),
    actions: listKey(statement.actions),
    resources: listKey(statement.resources),
  };
}

function mergeOnce(statements: readonly PolicyStatement[]): PolicyStatement[] {
  const kept: Keyed[] = [];
  for (const statement of statements.map(keyed)) {
    let both: PolicyStatement | undefined;
    const at = kept.findIndex((earlier) => (both = united(earlier, statement)) !== undefined);
    if (both) kept[at] = keyed(both);
    else kept.push(statement);
  }
  return kept.map(({ statement }) => statement);
}

/** One statement that says what two say; undefined where there is none. */
function united(one: Keyed, other: Keyed): PolicyStatement | undefined {
  if (one.who !== other.who) return undefined;
  if (coversStatement(one, other)) return one.statement;
  if (coversStatement(other, one)) return named(other.statement, one.statement);
  if (one.conditions !== other.conditions) return undefined;
  const [{ actions, resources }, others] = [one.statement, other.statement];
  if (one.resources === other.resources && !actions.isNegated && !others.actions.isNegated) {
    return { ...one.statement, actions: union(actions, others.actions) };
  }
  if (
    one.actions === other.actions &&
    resources &&
    others.resources &&
    !resources.isNegated &&
    !others.resources.isNegated
  ) {
    return { ...one.statement, resources: union(resources, others.resources) };
  }
  return undefined;
}

function named(statement: PolicyStatement, { sid }: PolicyStatement): PolicyStatement {
  return sid === undefined ? statement : { ...statement, sid };
}

/** Whether the wide one matches whatever the narrow one does; it may ask for nothing, or for the same. */
function coversStatement(wide: Keyed, narrow: Keyed): boolean {
  const { actions, resources, conditions } = wide.statement;
  if (conditions.length > 0 && wide.conditions !== narrow.conditions) return false;
  const areActionsCovered =
    wide.actions === narrow.actions || coversList(actions, narrow.statement.actions, coversAction);
  if (!areActionsCovered) return false;
  if (wide.resources === narrow.resources) return true;
  const others = narrow.statement.resources;
  return resources !== undefined && others !== undefined && coversList(resources, others, coversResource);
}

function coversList(wide: ListElement, narrow: ListElement, covers: Covers): boolean {
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
