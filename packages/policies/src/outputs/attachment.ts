/** What a policy is written out for. Names are as the file it goes into calls them. */
export type Attachment =
  | { kind: 'identity' }
  /** Of an organization, for its accounts. */
  | { kind: 'service-control'; policyName: string }
  | { kind: 'bucket'; bucket: string }
  | { kind: 'queue'; queueUrl: string }
  | { kind: 'trust'; roleName: string };
