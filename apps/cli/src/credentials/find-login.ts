import { CommandFailure } from '../command-failure.ts';
import type { Environment } from '../env.ts';
import { checkToken } from './check-token.ts';
import { type KeptLogin, readLogin } from './kept-login.ts';
import { parseServerUrl } from './server-url.ts';

/**
 * `HIKYAKU_URL` and `HIKYAKU_TOKEN`, else what `login` kept. A kept token goes nowhere but where it is from.
 *
 * @throws CommandFailure no-url, no-token, not-a-token, and what `readLogin` and `parseServerUrl` throw
 */
export async function findLogin(environment: Environment): Promise<KeptLogin> {
  const { url: givenUrl, token: givenToken, configFolder } = environment;
  const kept = givenUrl && givenToken ? undefined : await readLogin(configFolder);
  const address = givenUrl ?? kept?.url;
  if (!address) throw new CommandFailure('no-url');
  const url = parseServerUrl(address, environment);
  const token = givenToken ?? (kept?.url === url ? kept.token : undefined);
  if (!token) throw new CommandFailure('no-token', { url });
  return checkToken({ url, token: token.trim() });
}
