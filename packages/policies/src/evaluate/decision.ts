import type { PolicyStatement } from '../policy/policy.ts';
import type { PolicyLayer } from './layer.ts';

/** Which statement of which policy. */
export interface StatementReference {
  layer: PolicyLayer;
  policyName: string;
  statement: PolicyStatement;
}

/** Never a bare yes or no: who decided comes with it. */
export type Decision =
  | { outcome: 'Allowed'; reason: Exclude<AllowReason, 'grant-allows'>; by?: StatementReference }
  | { outcome: 'Allowed'; reason: 'grant-allows'; grantId: string }
  | { outcome: 'ExplicitlyDenied'; reason: 'deny-statement'; by: StatementReference }
  | { outcome: 'ImplicitlyDenied'; reason: ImplicitDenyReason; layer?: PolicyLayer };

export type AllowReason =
  | 'identity-allows'
  /** The resource policy names the principal itself, which no boundary or session policy limits. */
  | 'resource-allows'
  /** It names the role (or the federated session's user); boundary and session policy allow it as well. */
  | 'resource-allows-parent'
  | 'both-accounts-allow'
  | 'root-user'
  /** A grant of the key, whatever its policy leaves open. */
  | 'grant-allows'
  /** The object belongs to the requester's account. */
  | 'object-owner';

export type ImplicitDenyReason =
  /** A layer that has to allow doesn't. */
  | 'no-allow'
  /** Within an account one of the two would do: the resource's policy or an identity policy. */
  | 'neither-allows'
  /** The resource's policy leaves it to the account, whose identity policies don't allow. */
  | 'left-to-account'
  /** Between accounts both have to allow; `layer` is the one that doesn't. */
  | 'both-accounts-needed'
  /** A key or a role takes no account's word for it: its own policy has to allow, or hand over to the account. */
  | 'resource-policy-required'
  /** A federated session has only what its session policy says. */
  | 'session-policy-required'
  /** RestrictPublicBuckets: nobody of another account, while the bucket's policy is public. */
  | 'public-bucket-restricted'
  /** The object belongs to another account, so the bucket's policies can't share it. */
  | 'foreign-object'
  /** Neither an account nor a policy of one stands behind the requester. */
  | 'no-identity';
