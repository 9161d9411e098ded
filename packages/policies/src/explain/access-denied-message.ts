import type { PolicyLayer } from '../evaluate/layer.ts';

/** What AWS itself says of a denial, where its message says more than "Access Denied". */
export interface AccessDeniedMessage {
  principal?: string;
  action?: string;
  resource?: string;
  isExplicit: boolean;
  layer: PolicyLayer;
}

const layers: Readonly<Record<string, PolicyLayer>> = {
  'service control policy': 'service-control-policy',
  'resource control policy': 'resource-control-policy',
  'vpc endpoint policy': 'endpoint-policy',
  'resource-based policy': 'resource-policy',
  'identity-based policy': 'identity-policy',
  'permissions boundary': 'permissions-boundary',
  'session policy': 'session-policy',
};
const kinds = Object.keys(layers).join('|');
const explicit = new RegExp(`with an explicit deny in an? (${kinds})`, 'i');
const implicit = new RegExp(`because no (${kinds}) allows`, 'i');

/**
 * Reads the sentence that AWS adds to an error of this kind; undefined where it adds none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function parseAccessDeniedMessage(message: string): AccessDeniedMessage | undefined {
  const denies = explicit.exec(message);
  const kind = (denies ?? implicit.exec(message))?.[1]?.toLowerCase();
  const layer = kind === undefined ? undefined : layers[kind];
  if (!layer) return undefined;
  const principal = /User: (\S+) is not authorized/.exec(message)?.[1];
  const action = /to perform: ([\w-]+:\w+)/.exec(message)?.[1];
  const resource = /on resource: "?([^\s"]+)"?/.exec(message)?.[1];
  return {
    ...(principal ? { principal } : {}),
    ...(action ? { action } : {}),
    ...(resource ? { resource } : {}),
    isExplicit: denies !== null,
    layer,
  };
}
