import { documentOf } from '../policy/document-of.ts';
import type { Policy } from '../policy/policy.ts';

/** The same policy in as few characters as JSON allows; every statement keeps its place and name. */
export function minify(policy: Policy): string {
  return JSON.stringify(documentOf(policy));
}
