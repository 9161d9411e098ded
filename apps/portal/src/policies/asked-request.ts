import { type AccessRequest, principalOf, type RequestPrincipal, type Scenario } from '@hikyaku/policies';

/** What is asked, as it is typed: one thing a line. */
export interface AskedRequest {
  principals: string;
  actions: string;
  resources: string;
  /** `key=value`; a key on several lines has several values. */
  context: string;
  /** The bucket's. Empty: the first principal's. */
  accountId: string;
}

export interface ReadRequest extends Omit<Scenario, 'policies'> {
  /** Names that stand for nobody. */
  unknown: readonly string[];
  /** Lines of the context that are no `key=value`. */
  unreadContext: readonly string[];
  /** What is typed as an account is none. */
  isAccountUnread: boolean;
}

export function readRequest(asked: AskedRequest): ReadRequest {
  const names = linesOf(asked.principals);
  const principals = names.flatMap((name) => principalOf(name) ?? []);
  // As consoles show it: 1111-2222-3333.
  const account = asked.accountId.replaceAll(/[\s-]/g, '');
  return {
    principals,
    actions: linesOf(asked.actions),
    resources: linesOf(asked.resources),
    context: contextOf(asked.context),
    resourceAccountId: account || (principals.map(accountOf).find(Boolean) ?? ''),
    unknown: names.filter((name) => !principalOf(name)),
    unreadContext: linesOf(asked.context).filter((line) => !contextLine(line)),
    isAccountUnread: account !== '' && !/^\d{12}$/.test(account),
  };
}

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}

function contextOf(text: string): NonNullable<AccessRequest['context']> {
  // Keys have no case: however it is spelt, it is one key.
  const context = new Map<string, { key: string; values: string[] }>();
  for (const line of linesOf(text)) {
    const read = contextLine(line);
    if (!read) continue;
    const known = context.get(read.key.toLowerCase()) ?? { key: read.key, values: [] };
    known.values.push(read.value);
    context.set(read.key.toLowerCase(), known);
  }
  return Object.fromEntries(Array.from(context.values(), ({ key, values }) => [key, values]));
}

function contextLine(line: string): { key: string; value: string } | undefined {
  const [, key, value = ''] = /^([^=]*[^=\s])\s*=(.*)$/.exec(line) ?? [];
  return key === undefined ? undefined : { key, value: value.trim() };
}

function accountOf(principal: RequestPrincipal): string | undefined {
  if (principal.kind === 'root') return principal.accountId;
  if (principal.kind === 'role-session') return principal.roleArn.split(':')[4];
  return principal.kind === 'user' || principal.kind === 'federated-user' ? principal.arn.split(':')[4] : undefined;
}
