import type { PolicyDocument, Principal, Statement } from '../policy-document.ts';

type Names = Pick<Statement, 'Sid' | 'Effect' | 'Condition'>;
type Actions = { Action: string | string[]; NotAction?: never } | { NotAction: string | string[]; Action?: never };
type Resources =
  | { Resource: string | string[]; NotResource?: never }
  | { NotResource: string | string[]; Resource?: never };
type Nobody = { Principal?: never; NotPrincipal?: never };
/** `NotPrincipal` with Allow would let in everybody else, so there is no way to write it. */
type Somebody =
  | { Principal: Principal; NotPrincipal?: never }
  | { Effect: 'Deny'; NotPrincipal: Principal; Principal?: never };

/** Of a user, group or role, of a boundary, of a session, of an organization: whom it is attached to is the principal. */
export type IdentityStatement = Names & Actions & Resources & Nobody;
/** Of a bucket, queue, key or endpoint. */
export type ResourceStatement = Names & Actions & Resources & Somebody;
/** Of a role, which it is about. */
export type TrustStatement = Names & Actions & Somebody & { Resource?: never; NotResource?: never };

export function identityPolicy(...statements: readonly IdentityStatement[]): PolicyDocument {
  return document(statements);
}

export function bucketPolicy(...statements: readonly ResourceStatement[]): PolicyDocument {
  return document(statements);
}

export function queuePolicy(...statements: readonly ResourceStatement[]): PolicyDocument {
  return document(statements);
}

/** Begins with the statement without which nobody could ever change the key's policy again. */
export function keyPolicy(options: { accountId: string }, ...statements: readonly ResourceStatement[]): PolicyDocument {
  const account: ResourceStatement = {
    Sid: 'AccountAdministersByIamPolicies',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${options.accountId}:root` },
    Action: 'kms:*',
    Resource: '*',
  };
  return document([account, ...statements]);
}

export function endpointPolicy(...statements: readonly ResourceStatement[]): PolicyDocument {
  return document(statements);
}

export function trustPolicy(...statements: readonly TrustStatement[]): PolicyDocument {
  return document(statements);
}

function document(statements: readonly Statement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [...statements] };
}
