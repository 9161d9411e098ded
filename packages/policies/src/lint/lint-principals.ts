import type { ConditionElement, PrincipalElement } from '../policy/policy.ts';
import type { LintScope } from './lint.ts';
import { isOfResource, namesPrincipals } from './policy-kind.ts';

export function lintPrincipals(scope: LintScope): void {
  const { kind, statement, add } = scope;
  const { principals, pointer } = statement;
  if (!namesPrincipals(kind)) {
    if (principals) add('principal-not-allowed', principals.pointer, { element: principals.name });
    return;
  }
  if (!principals) {
    add('principal-missing', pointer);
    return;
  }
  for (const { type, value, pointer } of principals.values) if (type === 'AWS') lintAwsPrincipal(scope, value, pointer);
  if (principals.isNegated) lintNotPrincipal(scope, principals);
  else if (statement.effect === 'Allow' && isOfResource(kind)) lintGrantees(scope, principals);
}

const accountArn = /^arn:[^:]+:iam::\d{12}:root$/;
const principalArn = /^arn:[^:]+:(?:iam::\d{12}:(?:user|role)|sts::\d{12}:(?:assumed-role|federated-user))\/[^*?]+$/;
const uniqueId = /^A[A-Z0-9]{15,}$/;

function lintAwsPrincipal({ kind, statement, add }: LintScope, value: string, pointer: string): void {
  if (value === '*') return;
  const isAccount = /^\d{12}$/.test(value) || accountArn.test(value);
  if (isAccount && kind === 'endpoint') add('account-means-root', pointer, { value });
  if (isAccount || uniqueId.test(value)) return;
  if (/[*?]/.test(value)) add('principal-with-wildcard', pointer, { value });
  else if (!principalArn.test(value)) add('principal-malformed', pointer, { value });
  else if (statement.effect === 'Allow' && value.includes(':user/')) {
    add('user-with-long-lived-keys', pointer, { value });
  }
}

function lintNotPrincipal({ statement, add }: LintScope, principals: PrincipalElement): void {
  if (statement.effect === 'Allow') {
    add('not-principal-with-allow', principals.pointer);
    return;
  }
  const named = new Set(principals.values.map(({ value }) => value));
  for (const { value, pointer } of principals.values) {
    const account = /^arn:([^:]+):(?:iam|sts)::(\d{12}):(?!root$)/.exec(value);
    const [, partition = '', accountId = ''] = account ?? [];
    if (account && !named.has(accountId) && !named.has(`arn:${partition}:iam::${accountId}:root`)) {
      add('not-principal-without-account', pointer, { value, account: accountId });
    }
  }
}

function lintGrantees({ kind, statement, add }: LintScope, principals: PrincipalElement): void {
  const { conditions } = statement;
  for (const { type, value, pointer } of principals.values) {
    if (type === 'AWS' && value === '*' && !conditions.some(narrowsWho)) add('public-principal', pointer);
    if (type === 'Service' && kind !== 'trust' && !conditions.some(saysForWhom)) {
      add('confused-deputy', pointer, { value });
    }
  }
}

const whoKeys =
  /^(?:aws:(?:principal(?:arn|account|orgid|orgpaths)|source(?:arn|account|orgid|orgpaths|owner|vpc|vpce|vpcarn|ip)|userid|resourceorgid|vpce(?:account|orgid|orgpaths))|kms:(?:calleraccount|viaservice)|s3:dataaccesspoint(?:arn|account))$/;

/** A condition that has to be met, also where the key is missing. */
function binds({ operator }: ConditionElement): boolean {
  return !operator.isNegated && !operator.ifExists && operator.set !== 'ForAllValues' && operator.comparison !== 'Null';
}

function narrowsWho(condition: ConditionElement): boolean {
  return (
    binds(condition) &&
    whoKeys.test(condition.key.toLowerCase()) &&
    condition.values.every(({ value }) => value !== '*')
  );
}

function saysForWhom(condition: ConditionElement): boolean {
  return binds(condition) && /^aws:source(?:arn|account|orgid|orgpaths)$/.test(condition.key.toLowerCase());
}
