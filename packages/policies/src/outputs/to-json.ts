import type { AnyPolicyDocument } from '../policy/document-of.ts';

/** As consoles and command lines take it. */
export function toJson(document: AnyPolicyDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
