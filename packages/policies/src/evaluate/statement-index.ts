import type { CompiledPolicy, CompiledStatement } from './compile-policy.ts';

/** The statements of some policies by what they say of an action. */
export interface StatementIndex {
  /** Of an action in lower case; in the order of the policies. */
  on(action: string): { allows: readonly CompiledStatement[]; denies: readonly CompiledStatement[] };
}

const maxRemembered = 500;

/** Remembers what it found: few actions are asked of many objects. */
export function statementIndex(policies: readonly CompiledPolicy[]): StatementIndex {
  const statements = policies.flatMap((policy) => policy.statements);
  const byAction = new Map<string, ReturnType<StatementIndex['on']>>();
  return {
    on(action) {
      const known = byAction.get(action);
      if (known) return known;
      const found = statements.filter((statement) => statement.actions(action));
      const split = {
        allows: found.filter(({ source }) => source.effect === 'Allow'),
        denies: found.filter(({ source }) => source.effect === 'Deny'),
      };
      if (byAction.size >= maxRemembered) byAction.clear();
      byAction.set(action, split);
      return split;
    },
  };
}
