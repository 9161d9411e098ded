import type { PolicyDocument, Principal, Statement } from '../policy-document.ts';
import type {
  ConditionElement,
  ListElement,
  Policy,
  PolicyStatement,
  PolicyValue,
  PrincipalElement,
} from './policy.ts';

/** A policy as plain data again; of either version of the language. */
export type AnyPolicyDocument = Omit<PolicyDocument, 'Version'> & { Version?: Policy['version'] };

/** The shortest plain form: single values without their list, nothing that is empty, no value twice. */
export function documentOf(policy: Policy): AnyPolicyDocument {
  return {
    ...(policy.isVersionWritten ? { Version: policy.version } : {}),
    ...(policy.id === undefined ? {} : { Id: policy.id }),
    Statement: policy.statements.map(statementOf),
  };
}

function statementOf({ sid, effect, principals, actions, resources, conditions }: PolicyStatement): Statement {
  return {
    ...(sid ? { Sid: sid } : {}),
    Effect: effect,
    ...(principals ? { [principals.name]: principalOf(principals) } : {}),
    ...listOf(actions),
    ...(resources ? listOf(resources) : {}),
    ...(conditions.length > 0 ? { Condition: conditionOf(conditions) } : {}),
  };
}

function listOf({ name, values }: ListElement): Partial<Statement> {
  return { [name]: short(values) };
}

function principalOf({ values }: PrincipalElement): Principal {
  const types = new Map<string, PolicyValue[]>();
  for (const value of values) types.set(value.type, [...(types.get(value.type) ?? []), value]);
  const aws = types.get('AWS');
  if (types.size === 1 && aws?.every(({ value }) => value === '*')) return '*';
  return Object.fromEntries([...types].map(([type, own]) => [type, short(own)]));
}

function conditionOf(conditions: readonly ConditionElement[]): NonNullable<Statement['Condition']> {
  const operators = new Map<string, Map<string, string | string[]>>();
  for (const { operator, key, values } of conditions) {
    const keys = operators.get(operator.name) ?? new Map<string, string | string[]>();
    keys.set(key, short(values));
    operators.set(operator.name, keys);
  }
  return Object.fromEntries([...operators].map(([name, keys]) => [name, Object.fromEntries(keys)]));
}

function short(values: readonly PolicyValue[]): string | string[] {
  const different = [...new Set(values.map(({ value }) => value))];
  const [first, ...more] = different;
  return first !== undefined && more.length === 0 ? first : different;
}
