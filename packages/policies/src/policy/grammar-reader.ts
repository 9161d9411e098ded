import type { JsonNode } from '../json/json-node.ts';
import { jsonPointer } from '../json/json-pointer.ts';
import { sourcePosition } from '../json/source-position.ts';
import type { GrammarFinding, GrammarFindingId } from './finding.ts';
import type { PolicyValue } from './policy.ts';

/** More help nobody, and a hostile document could have as many as it has letters. */
const maxFindings = 100;

/** Reads parts of the grammar, and collects what departs from it. */
export class GrammarReader {
  readonly findings: GrammarFinding[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get isFull(): boolean {
    return this.findings.length >= maxFindings;
  }

  add(
    id: GrammarFindingId,
    pointer: string,
    node: { offset: number } | undefined,
    details: Readonly<Record<string, string>> = {},
  ): void {
    if (this.isFull) return;
    const position = sourcePosition(this.#text, node?.offset ?? 0);
    this.findings.push({ id, severity: 'error', pointer, position, details });
  }

  /** The members of an object that may have these names alone, each once. */
  readObject<Name extends string>(
    node: JsonNode,
    pointer: string,
    names: readonly Name[],
  ): Partial<Record<Name, JsonNode>> | undefined {
    const entries = this.readEntries(node, pointer);
    if (!entries) return undefined;
    const members: Partial<Record<Name, JsonNode>> = {};
    for (const { key, keyOffset, value } of entries) {
      if (this.isFull) break;
      if (isOneOf(names, key)) members[key] = value;
      else {
        const meant = names.find((name) => name.toLowerCase() === key.toLowerCase());
        const details = { element: key, ...(meant ? { meant } : {}) };
        this.add('unknown-element', jsonPointer(pointer, key), { offset: keyOffset }, details);
      }
    }
    return members;
  }

  /** The members of an object whose names are free, each once. */
  readEntries(node: JsonNode, pointer: string): { key: string; keyOffset: number; value: JsonNode }[] | undefined {
    if (node.kind !== 'object') {
      this.add('wrong-type', pointer, node, { expected: 'object', found: node.kind });
      return undefined;
    }
    const seen = new Set<string>();
    for (const { key, keyOffset } of node.members) {
      if (this.isFull) break;
      if (seen.has(key)) {
        this.add('duplicate-key', jsonPointer(pointer, key), { offset: keyOffset }, { element: key });
      }
      seen.add(key);
    }
    return node.members;
  }

  readOptionalString(node: JsonNode | undefined, pointer: string): string | undefined {
    if (node === undefined) return undefined;
    if (node.kind === 'string') return node.value;
    this.add('wrong-type', pointer, node, { expected: 'string', found: node.kind });
    return undefined;
  }

  /** One string, or a list of at least one. */
  readStrings(node: JsonNode, pointer: string): PolicyValue[] {
    return this.#readList(node, pointer, (item) => (item.kind === 'string' ? item.value : undefined));
  }

  /** The same where numbers and booleans may stand without quotation marks. */
  readConditionValues(node: JsonNode, pointer: string): PolicyValue[] {
    return this.#readList(node, pointer, (item) => {
      if (item.kind === 'string') return item.value;
      if (item.kind === 'number') return item.text;
      return item.kind === 'boolean' ? String(item.value) : undefined;
    });
  }

  #readList(node: JsonNode, pointer: string, read: (item: JsonNode) => string | undefined): PolicyValue[] {
    const items = node.kind === 'array' ? node.items : [node];
    if (items.length === 0) {
      this.add('empty-list', pointer, node, { element: pointer.slice(pointer.lastIndexOf('/') + 1) });
    }
    const values: PolicyValue[] = [];
    for (const [index, item] of items.entries()) {
      if (this.isFull) break;
      const own = node.kind === 'array' ? jsonPointer(pointer, index) : pointer;
      const value = read(item);
      if (value === undefined) this.add('wrong-type', own, item, { expected: 'string', found: item.kind });
      else values.push({ value, pointer: own });
    }
    return values;
  }
}

export function isOneOf<Value extends string>(values: readonly Value[], value: string): value is Value {
  return values.some((known) => known === value);
}
