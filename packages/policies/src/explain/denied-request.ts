import type { AccessPolicies, KeyGrant, NamedPolicy } from '../evaluate/access-policies.ts';
import type { AccessRequest } from '../evaluate/access-request.ts';
import type { ObjectKey } from '../evaluate/key-requests-of.ts';

/** A request that was answered with 403, and what is known of it. */
export interface DeniedRequest {
  /** As `aws sts get-caller-identity` says it. */
  callerArn: string;
  action: string;
  /** An ARN. */
  resource: string;
  /** The caller's account, where it isn't said. */
  resourceAccountId?: string;
  /** What the request is known to say of itself. A key that is left out may have been anything, or nothing. */
  context?: AccessRequest['context'];
  /** What could be read. `none`: it was looked for, and there is none. Left out: nobody knows. */
  policies: {
    identity?: readonly NamedPolicy[];
    permissionsBoundary?: NamedPolicy | 'none';
    session?: readonly NamedPolicy[] | 'none';
    serviceControl?: NonNullable<AccessPolicies['serviceControl']> | 'none';
    resourceControl?: NonNullable<AccessPolicies['resourceControl']> | 'none';
    resource?: NamedPolicy | 'none';
    endpoint?: NonNullable<AccessPolicies['endpoint']> | 'none';
    /** Where a key itself is asked for. */
    grants?: readonly KeyGrant[] | 'none';
  };
  bucket?: AccessPolicies['bucket'];
  /** What the object is encrypted with, and the key's own policy and grants, where those could be read. */
  key?: ObjectKey & { policy?: NamedPolicy; grants?: readonly KeyGrant[] | 'none' };
  /** The error's message. */
  message?: string;
}
