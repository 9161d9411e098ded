import type { JsonNode } from '../json/json-node.ts';
import { jsonPointer } from '../json/json-pointer.ts';

/** Where each pointer of a document begins. The map is made when it is first asked for: most policies are never asked. */
export function pointerOffsets(root: JsonNode): (pointer: string) => number {
  let offsets: Map<string, number> | undefined;
  return (pointer) => {
    offsets ??= collect(root);
    return offsets.get(pointer) ?? 0;
  };
}

function collect(root: JsonNode): Map<string, number> {
  const offsets = new Map<string, number>();
  const walk = (node: JsonNode, pointer: string) => {
    offsets.set(pointer, node.offset);
    if (node.kind === 'array') node.items.forEach((item, index) => walk(item, jsonPointer(pointer, index)));
    if (node.kind === 'object') for (const { key, value } of node.members) walk(value, jsonPointer(pointer, key));
  };
  walk(root, '');
  return offsets;
}
