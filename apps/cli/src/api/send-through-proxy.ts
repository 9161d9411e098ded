import http from 'node:http';
import https from 'node:https';
import { CommandFailure } from '../command-failure.ts';
import type { Environment } from '../env.ts';

/**
 * What speaks HTTP by Node's own means, the bytes of uploads among it, goes through the proxy from here on.
 * https://nodejs.org/api/http.html#built-in-proxy-support
 *
 * @returns old-node where this Node can't
 */
export function sendThroughProxy({ isProxied, nodeVersion, variables }: Environment): CommandFailure | undefined {
  if (!isProxied) return undefined;
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  if (major < 24 || (major === 24 && minor < 5)) {
    return new CommandFailure('old-node', { version: nodeVersion });
  }
  const options = { keepAlive: true, proxyEnv: variables };
  https.globalAgent = new https.Agent(options);
  http.globalAgent = new http.Agent(options);
  return undefined;
}
