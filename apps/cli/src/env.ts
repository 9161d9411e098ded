import { homedir } from 'node:os';
import { join } from 'node:path';

/** Settings that come from outside of the command line. By hand: a schema's library would double the time of `--version`. */
export interface Environment {
  /** Of the portal; wins over what `login` kept. */
  url: string | undefined;
  /** A secret. Wins over what `login` kept. */
  token: string | undefined;
  /** Where `login` keeps things. */
  configFolder: string;
  /** For what can be made again. */
  cacheFolder: string;
  /** Tokens may go over http to others than this machine. */
  allowsHttp: boolean;
  region: string | undefined;
  /** Of S3, where it isn't AWS. */
  endpointUrl: string | undefined;
  isProxied: boolean;
  /** Of Node.js, as `24.5.0`. */
  nodeVersion: string;
  /** Everything, for what reads it by itself. */
  variables: Readonly<Record<string, string | undefined>>;
}

export function readEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env): Environment {
  const read = (...names: string[]) => names.map((name) => variables[name]).find((value) => value);
  return {
    url: read('HIKYAKU_URL'),
    token: read('HIKYAKU_TOKEN'),
    configFolder: userFolder(variables, { xdg: 'XDG_CONFIG_HOME', windows: 'APPDATA', usual: '.config' }),
    cacheFolder: userFolder(variables, { xdg: 'XDG_CACHE_HOME', windows: 'LOCALAPPDATA', usual: '.cache' }),
    allowsHttp: read('HIKYAKU_ALLOW_HTTP') === '1',
    region: read('AWS_REGION', 'AWS_DEFAULT_REGION'),
    endpointUrl: read('AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'),
    isProxied: read('HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy') !== undefined,
    nodeVersion: process.versions.node,
    variables,
  };
}

/** https://specifications.freedesktop.org/basedir-spec/latest/ */
function userFolder(
  variables: Readonly<Record<string, string | undefined>>,
  names: { xdg: string; windows: string; usual: string },
): string {
  const ofWindows = process.platform === 'win32' ? variables[names.windows] : undefined;
  return join(variables[names.xdg] || ofWindows || join(homedir(), names.usual), 'hikyaku');
}

/** The SDK's credential chain and its region go by this variable alone. */
export function selectProfile(profile: string): void {
  process.env['AWS_PROFILE'] = profile;
}
