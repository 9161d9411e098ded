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
  /** Of the key that is asked for. */
  grants?: readonly KeyGrant[];
}

/** As KMS lists it. A grant allows and never denies. */
export interface KeyGrant {
  id: string;
  /** ARN of a user, role, session or account, or the name of a service. */
  granteePrincipal: string;
  /** `Decrypt`, `GenerateDataKey` … */
  operations: readonly string[];
  /** The request's encryption context has to be this one. */
  encryptionContextEquals?: Readonly<Record<string, string>>;
  /** The request's encryption context has to include this one. */
  encryptionContextSubset?: Readonly<Record<string, string>>;
}

export interface BucketSettings {
  /** The setting of the bucket or its account. */
  restrictPublicBuckets?: boolean;
  /** `BucketOwnerEnforced` (the default of new buckets) knows no ACLs. */
  objectOwnership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  /** Whether objects of other accounts were put with the ACL `bucket-owner-full-control`. */
  foreignObjectsGrantOwner?: boolean;
}
