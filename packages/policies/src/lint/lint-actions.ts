import { closestName } from '../services/closest-name.ts';
import { actionsLike, serviceOf } from '../services/services.ts';
import type { LintScope } from './lint.ts';
import type { PolicyKind } from './policy-kind.ts';

/** Whose actions the policy of a resource can speak of. */
const ownServices: Partial<Record<PolicyKind, string>> = { bucket: 's3', queue: 'sqs', key: 'kms', trust: 'sts' };
/** Of those it limits no more than it is meant to if everything is allowed. */
const limitsOnly = new Set<PolicyKind>(['boundary', 'scp', 'rcp', 'endpoint', 'session']);

export function lintActions(scope: LintScope): void {
  const { statement, add } = scope;
  const { actions } = statement;
  if (actions.isNegated && statement.effect === 'Allow') add('not-action-with-allow', actions.pointer);
  for (const { value, pointer } of actions.values) lintAction(scope, value, pointer);
}

function lintAction({ kind, statement, add }: LintScope, value: string, pointer: string): void {
  const isGrant = statement.effect === 'Allow' && !statement.actions.isNegated && !limitsOnly.has(kind);
  if (value === '*') {
    if (isGrant) add('every-action', pointer);
    return;
  }
  const [, prefix = '', name = ''] = /^([A-Za-z0-9-]+):(.+)$/.exec(value) ?? [];
  if (!prefix) {
    add('malformed-action', pointer, { value });
    return;
  }
  const own = ownServices[kind];
  // A role's trust policy may also let sessions be tagged by rolesanywhere and others.
  if (own !== undefined && prefix.toLowerCase() !== own) {
    add('action-of-other-service', pointer, { value, service: own });
    return;
  }
  // A key policy is about its one key, and the account's administrators need all of it.
  if (name === '*' && isGrant && kind !== 'key') add('every-action-of-service', pointer, { value });
  const service = serviceOf(prefix);
  if (!service || actionsLike(service, name).length > 0) return;
  const meant = /[*?]/.test(name) ? undefined : closestName(name, Object.keys(service.actions));
  add('unknown-action', pointer, { value, ...(meant ? { meant: `${prefix}:${meant}` } : {}) });
}
