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
}

export function readRequest(asked: AskedRequest): ReadRequest {
  const names = linesOf(asked.principals);
  const principals = names.flatMap((name) => principalOf(name) ?? []);
  return {
    principals,
    actions: linesOf(asked.actions),
    resources: linesOf(asked.resources),
    context: contextOf(asked.context),
    resourceAccountId: asked.accountId.trim() || (principals.map(accountOf).find(Boolean) ?? ''),
    unknown: names.filter((name) => !principalOf(name)),
  };
}

function linesOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}

function contextOf(text: string): NonNullable<AccessRequest['context']> {
  const context = new Map<string, string[]>();
  for (const line of linesOf(text)) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (key) context.set(key.trim(), [...(context.get(key.trim()) ?? []), value.trim()]);
  }
  return Object.fromEntries(context);
}

function accountOf(principal: RequestPrincipal): string | undefined {
  if (principal.kind === 'root') return principal.accountId;
  const arn =
    principal.kind === 'role-session' ? principal.roleArn : principal.kind === 'user' ? principal.arn : undefined;
  return arn?.split(':')[4];
}
