import { CommandFailure } from '../command-failure.ts';
import type { KeptLogin } from './kept-login.ts';

/** What HTTP carries in a header, and no blanks; what the token is made of is the server's affair. @throws CommandFailure not-a-token */
export function checkToken({ url, token }: KeptLogin): KeptLogin {
  if (!/^[\x21-\x7e]+$/.test(token)) throw new CommandFailure('not-a-token', { url });
  return { url, token };
}
