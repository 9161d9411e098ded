import { isDate } from '../conditions/parse-date.ts';
import { parseIpRange } from '../conditions/ip-range.ts';
import { parseNumber } from '../conditions/parse-number.ts';
import type { JsonNode } from '../json/json-node.ts';
import { jsonPointer } from '../json/json-pointer.ts';
import { type ConditionOperator, conditionOperator } from './condition-operator.ts';
import type { GrammarReader } from './grammar-reader.ts';
import type { ConditionElement } from './policy.ts';

export function readConditions(reader: GrammarReader, node: JsonNode, pointer: string): ConditionElement[] {
  const operators = reader.readEntries(node, pointer) ?? [];
  return operators.flatMap(({ key: name, keyOffset, value }) => {
    const own = jsonPointer(pointer, name);
    const operator = conditionOperator(name);
    if (operator) return readKeys(reader, value, { operator, pointer: own });
    reader.add('unknown-operator', own, { offset: keyOffset }, { value: name });
    return [];
  });
}

function readKeys(
  reader: GrammarReader,
  node: JsonNode,
  block: { operator: ConditionOperator; pointer: string },
): ConditionElement[] {
  const keys = reader.readEntries(node, block.pointer) ?? [];
  return keys.map(({ key, value: valueNode }) => {
    const pointer = jsonPointer(block.pointer, key);
    const values = reader.readConditionValues(valueNode, pointer);
    for (const { value, pointer } of values) {
      if (isComparable(block.operator, value)) continue;
      reader.add('invalid-condition-value', pointer, valueNode, { operator: block.operator.name, value });
    }
    return { operator: block.operator, key, values, pointer };
  });
}

/** Whether the operator can compare anything with such a value. */
function isComparable({ comparison }: ConditionOperator, value: string): boolean {
  if (comparison.startsWith('Numeric')) return parseNumber(value) !== undefined;
  if (comparison.startsWith('Date')) return isDate(value);
  if (comparison === 'IpAddress') return parseIpRange(value) !== undefined;
  if (comparison === 'Bool' || comparison === 'Null') return /^(?:true|false)$/i.test(value);
  return true;
}
