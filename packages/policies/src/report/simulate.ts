import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { explain } from '../explain/explain.ts';
import type { Explanation } from '../explain/explanation.ts';
import type { Scenario } from './scenario.ts';

/** Every principal's every action on every resource, in this order. */
export function simulate(scenario: Scenario): Explanation[] {
  const access = compileAccess(scenario.policies);
  return requestsOf(scenario).map((request) => explain(access, request));
}

function requestsOf({ principals, actions, resources, resourceAccountId, context }: Scenario): AccessRequest[] {
  return principals.flatMap((principal) =>
    actions.flatMap((action) =>
      resources.map((resource) => ({ principal, action, resource, resourceAccountId, context })),
    ),
  );
}
