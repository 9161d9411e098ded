import { singleValue } from '../conditions/request-context.ts';
import { arnPattern, matchesArn } from '../match/arn-pattern.ts';
import { matchesPattern, wildcardPattern } from '../match/wildcard-pattern.ts';
import { policyText, resolveText, withoutVariables } from '../match/policy-text.ts';
import type { ListElement, Policy } from '../policy/policy.ts';
import type { RequestFacts } from './request-facts.ts';

type RequestedResource = Pick<RequestFacts, 'resource' | 'resourceParts' | 'context'>;
/** Whether a statement speaks of the requested resource. */
export type CompiledResources = (requested: RequestedResource) => boolean;

export function compileResources(element: ListElement, version: Policy['version']): CompiledResources {
  const resources = element.values.map(({ value }) => compileResource(value, version));
  return (requested) => resources.some((matches) => matches(requested)) !== element.isNegated;
}

function compileResource(written: string, version: Policy['version']): CompiledResources {
  const text = policyText(written, { wildcards: true, variables: version === '2012-10-17' });
  const pieces = withoutVariables(text);
  if (pieces) {
    if (pieces.every(({ kind }) => kind === 'text')) return ({ resource }) => resource === written;
    if (hasFixedStart(written)) {
      // Then the parts need no telling apart.
      const whole = wildcardPattern(pieces);
      return ({ resource }) => matchesPattern(whole, resource);
    }
    const pattern = arnPattern(pieces);
    return ({ resourceParts }) => pattern !== undefined && matchesArn(pattern, resourceParts);
  }
  if (hasEarlyVariable(written)) return () => false;
  return ({ resourceParts, context }) => {
    const resolved = resolveText(text, (key) => singleValue(context, key));
    // A variable without value matches no resource, in NotResource too.
    const pattern = resolved && arnPattern(resolved);
    return pattern !== undefined && matchesArn(pattern, resourceParts);
  };
}

/** Whether wildcards stand after the fifth colon only. */
function hasFixedStart(written: string): boolean {
  return /^(?:[^:*?]*:){5}/.test(written);
}

/** AWS takes variables after the fifth colon only. */
function hasEarlyVariable(written: string): boolean {
  return !/^(?:[^:$]*:){5}/.test(written);
}
