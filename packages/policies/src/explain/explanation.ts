import type { PrincipalMatch } from '../evaluate/compile-principals.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import type { Decision, StatementReference } from '../evaluate/decision.ts';
import type { ConditionElement } from '../policy/policy.ts';
import type { Change } from './change.ts';

/** A decision with everything that was considered for it. `describeExplanation` says it in words. */
export interface Explanation {
  request: AccessRequest;
  decision: Decision;
  /** Every statement of every policy that bears on the request: the deciding one first, then those that matched. */
  statements: readonly StatementTrace[];
  /** What would turn the decision, as little as possible and tried out; absent where nothing small does. */
  change?: Change;
}

export interface StatementTrace {
  at: StatementReference;
  isDeciding: boolean;
  /** How its principal was met; absent where the statement did not match. */
  match?: PrincipalMatch;
  /** Every element that did not match; empty where the statement did. */
  failures: readonly StatementFailure[];
}

export type StatementFailure =
  | { element: 'Action' | 'NotAction'; requested: string }
  | { element: 'Resource' | 'NotResource'; requested: string }
  /** `isMissing`: the statement names nobody where it has to. */
  | { element: 'Principal' | 'NotPrincipal'; requested: string; isMissing: boolean }
  /** `requested` is absent where the request doesn't have the key. */
  | { element: 'Condition'; condition: ConditionElement; requested?: readonly string[] };
