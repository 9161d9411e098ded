/** Who asks. Everything AWS derives from it (`aws:PrincipalArn`, `aws:username` …) is derived here too. */
export type RequestPrincipal = (
  | { kind: 'user'; arn: string }
  /** Temporary credentials of a role: EC2, Lambda, ECS, AssumeRole and IAM Roles Anywhere alike. */
  | { kind: 'role-session'; roleArn: string; sessionName: string }
  /** Made by GetFederationToken by an IAM user. */
  | { kind: 'federated-user'; arn: string; userArn: string }
  | { kind: 'root'; accountId: string }
  /** `events.amazonaws.com`; on whose behalf stands in the context (`aws:SourceArn`, `aws:SourceAccount`). */
  | { kind: 'service'; name: string }
  /** Whoever comes with a web identity or SAML assertion to take a role on. */
  | { kind: 'federated-identity'; provider: string }
  | { kind: 'anonymous' }
) & {
  /** Become `aws:PrincipalTag/…`. */
  tags?: Readonly<Record<string, string>>;
  /** Of the account, as bucket policies may name it. */
  canonicalUserId?: string;
};

export interface AccessRequest {
  principal: RequestPrincipal;
  /** One action, such as `s3:GetObject`; its case doesn't matter. */
  action: string;
  /** An ARN, or `*` for actions without a resource. */
  resource: string;
  /** Whose resource it is: an ARN of S3 doesn't say. */
  resourceAccountId: string;
  /** Condition keys and their values; what is given here goes before what is derived. */
  context?: Readonly<Record<string, string | readonly string[]>>;
  /** Where the bucket has ACLs: which account the object belongs to. The bucket's own, if it isn't said. */
  objectOwnerAccountId?: string;
}
