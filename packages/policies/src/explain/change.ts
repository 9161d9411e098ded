import type { StatementReference } from '../evaluate/decision.ts';
import type { PolicyLayer } from '../evaluate/layer.ts';
import type { Statement } from '../policy-document.ts';

/** One step that, with the others, turns a decision. */
export type ChangeStep =
  | { kind: 'add-statement'; layer: PolicyLayer; statement: Statement }
  /** A statement lacks this one value. */
  | { kind: 'add-value'; at: StatementReference; element: 'Action' | 'Resource' | 'Principal'; value: string }
  | { kind: 'remove-statement'; at: StatementReference }
  /** Nothing is wrong with the policies: the request has to be made otherwise. */
  | { kind: 'change-request'; at: StatementReference; key: string; value: string };

export const changeWarnings = [
  /** It would let in everybody. */
  'grants-everybody',
  /** The Deny guards more than this one request. */
  'removes-guard',
  /** It holds for every account below it. */
  'organization-wide',
  /** It lets another account in. */
  'other-account',
] as const;
export type ChangeWarning = (typeof changeWarnings)[number];

/** The steps were tried out: with all of them the decision is `outcome`. */
export interface Change {
  outcome: 'Allowed' | 'Denied';
  steps: readonly ChangeStep[];
  warnings: readonly ChangeWarning[];
}
