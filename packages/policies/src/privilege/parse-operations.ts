import type { DeclaredOperation } from './declared-operation.ts';

/** What keeps a text from being a list of operations; the pointer is where. */
export interface OperationFault {
  kind: 'json-syntax' | 'wrong-type' | 'unknown-operation' | 'missing' | 'unknown-element';
  pointer: string;
}

export type ParsedOperations =
  | { operations: readonly DeclaredOperation[]; faults: readonly [] }
  | { operations?: undefined; faults: readonly OperationFault[] };

const ofObjects = ['bucket', 'prefix'] as const;

/** The texts that an operation has to have; `versions` may stand beside them where objects are read or listed. */
const neededTexts: Readonly<Record<DeclaredOperation['does'], readonly string[]>> = {
  'read-objects': ofObjects,
  'upload-objects': ofObjects,
  'delete-objects': ofObjects,
  'list-objects': ofObjects,
  'read-object-tags': ofObjects,
  'receive-messages': ['queueArn'],
  'send-messages': ['queueArn'],
  decrypt: ['keyArn'],
  encrypt: ['keyArn'],
  'write-logs': ['logGroupArn'],
};

/** Reads `[{ "does": "read-objects", "bucket": "files", "prefix": "incoming/" }]`, as `leastPrivilege` takes it. */
export function parseOperations(text: string): ParsedOperations {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { faults: [{ kind: 'json-syntax', pointer: '' }] };
  }
  if (!Array.isArray(value) || value.length === 0) return { faults: [{ kind: 'wrong-type', pointer: '' }] };
  const faults: OperationFault[] = [];
  const operations: DeclaredOperation[] = [];
  for (const [index, item] of value.entries()) {
    if (isOperation(item)) operations.push(item);
    else faults.push(...faultsOf(item, `/${index}`));
  }
  return faults.length === 0 ? { operations, faults: [] } : { faults };
}

function isOperation(item: unknown): item is DeclaredOperation {
  return faultsOf(item, '').length === 0;
}

function faultsOf(item: unknown, pointer: string): OperationFault[] {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return [{ kind: 'wrong-type', pointer }];
  const members = new Map<string, unknown>(Object.entries(item));
  const needed = Object.entries(neededTexts).find(([does]) => does === members.get('does'))?.[1];
  if (!needed) return [{ kind: 'unknown-operation', pointer: `${pointer}/does` }];
  const takesVersions = members.get('does') === 'read-objects' || members.get('does') === 'list-objects';
  const faults: OperationFault[] = [];
  for (const name of needed) {
    const text = members.get(name);
    if (text === undefined) faults.push({ kind: 'missing', pointer: `${pointer}/${name}` });
    else if (typeof text !== 'string') faults.push({ kind: 'wrong-type', pointer: `${pointer}/${name}` });
  }
  for (const [name, own] of members) {
    if (name === 'does' || needed.includes(name)) continue;
    if (!takesVersions || name !== 'versions') faults.push({ kind: 'unknown-element', pointer: `${pointer}/${name}` });
    else if (typeof own !== 'boolean') faults.push({ kind: 'wrong-type', pointer: `${pointer}/${name}` });
  }
  return faults;
}
