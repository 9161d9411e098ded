import type { Policy, PolicyStatement } from '../policy/policy.ts';
import { lintActions } from './lint-actions.ts';
import { lintConditions } from './lint-conditions.ts';
import { type LintFinding, type LintFindingId, lintRules } from './lint-finding.ts';
import { lintPrincipals } from './lint-principals.ts';
import { lintResources } from './lint-resources.ts';
import type { PolicyKind } from './policy-kind.ts';

/** What is looked at, and where what is found goes. */
export interface LintScope {
  policy: Policy;
  kind: PolicyKind;
  statement: PolicyStatement;
  add: (id: LintFindingId, pointer: string, details?: Readonly<Record<string, string>>) => void;
}

/** What AWS would refuse, what has no effect, and what opens more than is meant; in the order of the text. */
export function lint(policy: Policy, kind: PolicyKind): LintFinding[] {
  const findings: LintFinding[] = [];
  const add: LintScope['add'] = (id, pointer, details = {}) => {
    const { severity } = lintRules[id];
    findings.push({ id, severity, pointer, position: policy.positionOf(pointer), details });
  };
  lintVersion(policy, add);
  lintSids(policy, kind, add);
  for (const statement of policy.statements) {
    const scope: LintScope = { policy, kind, statement, add };
    lintPrincipals(scope);
    lintActions(scope);
    lintResources(scope);
    lintConditions(scope);
  }
  return findings.toSorted(
    ({ position: one }, { position: other }) => one.line - other.line || one.column - other.column,
  );
}

function lintVersion(policy: Policy, add: LintScope['add']): void {
  if (policy.version === '2012-10-17') return;
  const pointer = policy.isVersionWritten ? '/Version' : '';
  add('old-version', pointer, { version: policy.version });
  for (const { resources, conditions } of policy.statements) {
    const values = [...(resources?.values ?? []), ...conditions.flatMap((condition) => condition.values)];
    const found = values.find(({ value }) => value.includes('${'));
    if (found) add('variable-in-old-version', found.pointer, { value: found.value });
  }
}

function lintSids({ statements }: Policy, kind: PolicyKind, add: LintScope['add']): void {
  const sids = new Set<string>();
  const contents = new Set<string>();
  for (const statement of statements) {
    const { sid, pointer } = statement;
    if (sid !== undefined) {
      if (kind === 'identity' && !/^[A-Za-z0-9]*$/.test(sid)) add('invalid-sid', `${pointer}/Sid`, { value: sid });
      if (sid !== '' && sids.has(sid)) add('duplicate-sid', `${pointer}/Sid`, { value: sid });
      sids.add(sid);
    }
    const content = contentOf(statement);
    if (contents.has(content)) add('duplicate-statement', pointer);
    contents.add(content);
  }
}

/** The same for two statements that mean the same, whatever their order and names. */
function contentOf({ effect, principals, actions, resources, conditions }: PolicyStatement): string {
  return JSON.stringify([
    effect,
    principals?.isNegated,
    principals?.values.map(({ type, value }) => `${type} ${value}`).toSorted(),
    actions.isNegated,
    sorted(actions.values.map(({ value }) => ({ value: value.toLowerCase() }))),
    resources?.isNegated,
    sorted(resources?.values),
    conditions
      .map(({ operator, key, values }) => JSON.stringify([operator.name, key.toLowerCase(), sorted(values)]))
      .toSorted(),
  ]);
}

function sorted(values: readonly { value: string }[] = []): string[] {
  return values.map(({ value }) => value).toSorted();
}
