import type { Policy } from '../policy/policy.ts';

export interface NamedPolicy {
  /** As it is called where it is attached; explanations name it. */
  name: string;
  policy: Policy;
}

/** Every policy that bears on one principal and one resource. What is left out isn't attached. */
export interface AccessPolicies {
  /** Of the user and its groups, or of the role. */
  identity?: readonly NamedPolicy[];
  permissionsBoundary?: NamedPolicy;
  /** Passed when the session was made; several add up. */
  session?: readonly NamedPolicy[];
  /** Of the principal's account, one list a level: root, each organizational unit, account. Leave out for the management account. */
  serviceControl?: readonly (readonly NamedPolicy[])[];
  /** Of the resource's account, likewise. */
  resourceControl?: readonly (readonly NamedPolicy[])[];
  /** The bucket, key, queue or trust policy of the resource. */
  resource?: NamedPolicy;
  /** Of the VPC endpoint the request comes through. */
  endpoint?: { policy: NamedPolicy; type: 'gateway' | 'interface' };
  bucket?: BucketSettings;
}

export interface BucketSettings {
  /** The setting of the bucket or its account. */
  restrictPublicBuckets?: boolean;
  /** `BucketOwnerEnforced` (the default of new buckets) knows no ACLs. */
  objectOwnership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  /** Whether objects of other accounts were put with the ACL `bucket-owner-full-control`. */
  foreignObjectsGrantOwner?: boolean;
}
