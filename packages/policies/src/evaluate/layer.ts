/** The kinds of policies that have a say, in the order in which they are asked. */
export const policyLayers = [
  'service-control-policy',
  'resource-control-policy',
  'endpoint-policy',
  'resource-policy',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
] as const;
export type PolicyLayer = (typeof policyLayers)[number];
