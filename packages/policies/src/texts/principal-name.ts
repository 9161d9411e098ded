import type { RequestPrincipal } from '../evaluate/access-request.ts';
import { requester } from '../evaluate/requester.ts';
import type { Language } from './language.ts';

/** Who somebody is, in one word: the role rather than its session. */
export function principalName(principal: RequestPrincipal, language: Language): string {
  if (principal.kind === 'anonymous') return language === 'ja' ? 'だれでも（匿名）' : 'everybody (anonymous)';
  if (principal.kind === 'role-session') return principal.roleArn;
  return requester(principal).ownName ?? '';
}
