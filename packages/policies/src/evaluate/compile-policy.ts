import { type CompiledCondition, compileCondition } from '../conditions/compile-condition.ts';
import type { ConditionElement, PolicyStatement } from '../policy/policy.ts';
import type { NamedPolicy } from './access-policies.ts';
import { type CompiledActions, compileActions } from './compile-actions.ts';
import { type CompiledPrincipals, compilePrincipals, type PrincipalMatch } from './compile-principals.ts';
import { type CompiledResources, compileResources } from './compile-resources.ts';
import type { PolicyLayer } from './layer.ts';
import type { RequestFacts } from './request-facts.ts';

export interface CompiledPolicy extends NamedPolicy {
  layer: PolicyLayer;
  statements: readonly CompiledStatement[];
}

export interface CompiledStatement {
  policy: CompiledPolicy;
  source: PolicyStatement;
  /** Undefined where the layer's policies name nobody. */
  principals?: CompiledPrincipals;
  actions: CompiledActions;
  /** Undefined in a trust policy: what it is attached to is meant. */
  resources?: CompiledResources;
  conditions: readonly { element: ConditionElement; isMet: CompiledCondition }[];
}

export function compilePolicy(
  { name, policy }: NamedPolicy,
  place: { layer: PolicyLayer; isGatewayEndpoint?: boolean },
): CompiledPolicy {
  const statements: CompiledStatement[] = [];
  const compiled = { name, policy, layer: place.layer, statements };
  for (const source of policy.statements) statements.push(compileStatement(compiled, source, place));
  return compiled;
}

function compileStatement(
  policy: CompiledPolicy,
  source: PolicyStatement,
  place: { layer: PolicyLayer; isGatewayEndpoint?: boolean },
): CompiledStatement {
  const { version } = policy.policy;
  const namesPrincipals = place.layer === 'resource-policy' || place.layer === 'endpoint-policy';
  // Resource control policies take "*" alone; so it is as if there were none.
  const principals = namesPrincipals
    ? source.principals
      ? compilePrincipals(source.principals, {
          accountMeansRoot: place.isGatewayEndpoint ?? false,
          effect: source.effect,
        })
      : () => undefined
    : undefined;
  return {
    policy,
    source,
    ...(principals ? { principals } : {}),
    actions: compileActions(source.actions),
    ...(source.resources ? { resources: compileResources(source.resources, version) } : {}),
    conditions: source.conditions.map((element) => ({ element, isMet: compileCondition(element, version) })),
  };
}

/** How a statement names the requester, where everything but its action (asked before) matches; else undefined. */
export function statementMatch(statement: CompiledStatement, facts: RequestFacts): PrincipalMatch | undefined {
  const match = statement.principals ? statement.principals(facts.requester) : 'direct';
  if (!match) return undefined;
  if (statement.resources && !statement.resources(facts)) return undefined;
  for (const { isMet } of statement.conditions) if (!isMet(facts.context)) return undefined;
  return match;
}
