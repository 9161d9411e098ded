/** What a policy is attached to: that decides which elements it has to have and may have. */
export const policyKinds = [
  'identity',
  'boundary',
  'session',
  'scp',
  'rcp',
  'bucket',
  'queue',
  'key',
  'trust',
  'endpoint',
] as const;
export type PolicyKind = (typeof policyKinds)[number];

/** Those in which a statement says whom it is about. */
export function namesPrincipals(kind: PolicyKind): boolean {
  return kind === 'rcp' || isOfResource(kind) || kind === 'endpoint';
}

/** Those that give others access to a resource. */
export function isOfResource(kind: PolicyKind): boolean {
  return kind === 'bucket' || kind === 'queue' || kind === 'key' || kind === 'trust';
}
