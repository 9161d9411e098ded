import type { JsonNode } from '../json/json-node.ts';
import { jsonPointer } from '../json/json-pointer.ts';
import { type GrammarReader, isOneOf } from './grammar-reader.ts';
import { type ListElement, type PolicyStatement, type PrincipalElement, principalTypes } from './policy.ts';
import { readConditions } from './read-conditions.ts';

const statementElements = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;
type StatementNodes = Partial<Record<(typeof statementElements)[number], JsonNode>>;
const effects = ['Allow', 'Deny'] as const;

/** Undefined where it says too little to mean anything; the reader has a finding then. */
export function readStatement(
  reader: GrammarReader,
  node: JsonNode,
  place: { index: number; pointer: string },
): PolicyStatement | undefined {
  const { index, pointer } = place;
  const nodes = reader.readObject(node, pointer, statementElements);
  if (!nodes) return undefined;
  const sid = reader.readOptionalString(nodes.Sid, `${pointer}/Sid`);
  const effect = readEffect(reader, nodes, { node, pointer });
  const actions = readListElement(reader, nodes, ['Action', 'NotAction'], pointer);
  const resources = readListElement(reader, nodes, ['Resource', 'NotResource'], pointer);
  const principals = readPrincipals(reader, nodes, pointer);
  const conditions = nodes.Condition ? readConditions(reader, nodes.Condition, `${pointer}/Condition`) : [];
  if (!actions) reader.add('missing-element', pointer, node, { element: 'Action' });
  if (!effect || !actions) return undefined;
  return {
    index,
    pointer,
    ...(sid === undefined ? {} : { sid }),
    effect,
    ...(principals ? { principals } : {}),
    actions,
    ...(resources ? { resources } : {}),
    conditions,
  };
}

function readEffect(reader: GrammarReader, nodes: StatementNodes, statement: { node: JsonNode; pointer: string }) {
  const pointer = `${statement.pointer}/Effect`;
  if (!nodes.Effect) {
    reader.add('missing-element', statement.pointer, statement.node, { element: 'Effect' });
    return undefined;
  }
  const value = reader.readOptionalString(nodes.Effect, pointer);
  if (value === undefined || isOneOf(effects, value)) return value;
  reader.add('invalid-effect', pointer, nodes.Effect, { value });
  return undefined;
}

function readListElement(
  reader: GrammarReader,
  nodes: StatementNodes,
  names: readonly ['Action', 'NotAction'] | readonly ['Resource', 'NotResource'],
  parent: string,
): ListElement | undefined {
  const [plain, negated] = names;
  const name = nodes[plain] ? plain : negated;
  const node = nodes[name];
  if (!node) return undefined;
  if (nodes[plain] && nodes[negated]) {
    reader.add('conflicting-elements', `${parent}/${negated}`, nodes[negated], { element: plain, other: negated });
  }
  const pointer = `${parent}/${name}`;
  return { name, isNegated: name === negated, values: reader.readStrings(node, pointer), pointer };
}

function readPrincipals(reader: GrammarReader, nodes: StatementNodes, parent: string): PrincipalElement | undefined {
  const name = nodes.Principal ? 'Principal' : 'NotPrincipal';
  const node = nodes[name];
  if (!node) return undefined;
  if (nodes.Principal && nodes.NotPrincipal) {
    const details = { element: 'Principal', other: 'NotPrincipal' };
    reader.add('conflicting-elements', `${parent}/NotPrincipal`, nodes.NotPrincipal, details);
  }
  const pointer = `${parent}/${name}`;
  return { name, isNegated: name === 'NotPrincipal', values: readPrincipalMap(reader, node, pointer), pointer };
}

function readPrincipalMap(reader: GrammarReader, node: JsonNode, pointer: string): PrincipalElement['values'] {
  if (node.kind === 'string' && node.value === '*') return [{ type: 'AWS', value: '*', pointer }];
  const entries = reader.readEntries(node, pointer) ?? [];
  return entries.flatMap(({ key, keyOffset, value }) => {
    const own = jsonPointer(pointer, key);
    if (isOneOf(principalTypes, key)) return reader.readStrings(value, own).map((read) => ({ ...read, type: key }));
    reader.add('invalid-principal-type', own, { offset: keyOffset }, { value: key });
    return [];
  });
}
