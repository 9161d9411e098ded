import { findLogin } from '../credentials/find-login.ts';
import type { KeptLogin } from '../credentials/kept-login.ts';
import type { World } from '../world.ts';
import { chooseFetch } from './fetch.ts';
import { createV1Client, type V1Client, type V1Options } from './v1-client.ts';

/** The server that this machine logged in to, or `login`. */
export async function openApi(
  { environment, locale, signal }: World,
  options: Partial<Pick<V1Options, 'signal' | 'mostTries'>> & { login?: KeptLogin } = {},
): Promise<V1Client> {
  const { login = await findLogin(environment), ...rest } = options;
  return createV1Client({ login, locale, signal, fetch: await chooseFetch(environment), ...rest });
}
