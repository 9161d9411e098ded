import type { PolicyKind, PolicyQuota } from '@hikyaku/policies';

/** What the workbench takes, in the order of its tabs. What is left empty isn't attached. */
export const attachedNames = ['identity', 'bucket', 'boundary', 'session', 'scp'] as const;
export type AttachedName = (typeof attachedNames)[number];

export type PolicyTexts = Readonly<Record<AttachedName, string>>;

export const attachedKinds = {
  identity: { kind: 'identity', quota: 'role-inline' },
  bucket: { kind: 'bucket', quota: 'bucket' },
  boundary: { kind: 'boundary', quota: 'managed' },
  session: { kind: 'session', quota: 'session' },
  scp: { kind: 'scp', quota: 'scp' },
} as const satisfies Record<AttachedName, { kind: PolicyKind; quota: PolicyQuota }>;
