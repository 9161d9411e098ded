import { S3Client } from '@aws-sdk/client-s3';
import { createS3Client } from '@hikyaku/s3-core';
import type { Dispatcher } from 'undici';
import { CommandFailure } from '../command-failure.ts';
import { type Environment, selectProfile } from '../env.ts';
import type { StorageFlags } from './storage-flags.ts';

export interface Storage extends AsyncDisposable {
  s3: S3Client;
  /** Undefined for AWS. */
  endpointUrl: string | undefined;
  /** What downloads go through where there is a proxy. */
  proxied: { dispatcher?: Dispatcher };
}

const maxConnections = 64;

export interface StorageUse {
  /** Large bodies go up, and none come down. Default false. */
  isSending?: boolean;
  /** How long storage may say nothing before it is asked again. Default 30; while sending 60. */
  silenceSeconds?: number;
}

/** Where requests to S3 go and who asks: flags first, then the environment, then the profile. Sends nothing. */
export async function openStorage(
  environment: Environment,
  flags: StorageFlags,
  { isSending = false, silenceSeconds = isSending ? 60 : 30 }: StorageUse = {},
): Promise<Storage> {
  if (flags.profile !== undefined) selectProfile(flags.profile);
  const endpointUrl = flags.endpointUrl ?? environment.endpointUrl;
  const region = flags.region ?? environment.region ?? (await regionOfProfile()) ?? (endpointUrl && 'us-east-1');
  if (!region) throw new CommandFailure('no-region');
  const isOfAws = endpointUrl === undefined || isAws(endpointUrl);
  const s3 = createS3Client({
    region,
    endpoint: endpointUrl,
    forcePathStyle: !isOfAws,
    maxConnections,
    ...(isSending ? { idleSeconds: silenceSeconds } : { silenceSeconds }),
    ...(environment.isProxied ? { proxyEnv: environment.variables } : {}),
  });
  const dispatcher = environment.isProxied ? await openProxy() : undefined;
  return {
    s3,
    endpointUrl: isOfAws ? undefined : endpointUrl,
    proxied: dispatcher ? { dispatcher } : {},
    async [Symbol.asyncDispose]() {
      s3.destroy();
      await dispatcher?.destroy();
    },
  };
}

function isAws(url: string): boolean {
  return URL.canParse(url) && /\.amazonaws\.com(\.cn)?$/.test(new URL(url).hostname);
}

/** As the SDK reads it, which throws where there is none. */
async function regionOfProfile(): Promise<string | undefined> {
  const client = new S3Client({});
  try {
    return await client.config.region();
  } catch {
    return undefined;
  } finally {
    client.destroy();
  }
}

async function openProxy(): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import('undici');
  return new EnvHttpProxyAgent({ connections: maxConnections, pipelining: 1, allowH2: false });
}
