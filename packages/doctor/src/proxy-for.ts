/**
 * The proxy that requests to an address go through, by the variables that programs agree on; undefined where they go there
 * themselves. https://www.gnu.org/software/wget/manual/html_node/Proxies.html
 */
export function proxyFor(endpoint: URL, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name];
  const proxy = endpoint.protocol === 'https:' ? read('HTTPS_PROXY') : read('HTTP_PROXY');
  if (!proxy) return undefined;
  const exceptions = (read('NO_PROXY') ?? '').split(/[\s,]+/).filter(Boolean);
  if (exceptions.some((exception) => isExcepted(endpoint, exception))) return undefined;
  // Never with the password that may stand in it.
  return URL.parse(proxy.includes('://') ? proxy : `http://${proxy}`)?.host ?? proxy.replace(/^.*@/, '');
}

/** `*`, `host`, `.domain`, `*.domain`, each also with a port. */
function isExcepted({ hostname, port, protocol }: URL, exception: string): boolean {
  if (exception === '*') return true;
  const [, name = '', wantedPort] = /^\*?\.?(.+?)(?::(\d+))?$/.exec(exception.toLowerCase()) ?? [];
  if (wantedPort !== undefined && wantedPort !== (port || (protocol === 'https:' ? '443' : '80'))) return false;
  return hostname === name || hostname.endsWith(`.${name}`);
}
