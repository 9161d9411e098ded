import {
  type AccessRequest,
  compileAccess,
  type Decision,
  decide,
  type NamedPolicy,
  policyFrom,
  type Statement,
} from '@hikyaku/policies';
import type { AttachedPolicies, Caller } from './gateway-account.ts';

/** All that a decision hangs on. */
export interface Situation {
  policies: AttachedPolicies;
  caller: Caller;
  request: AccessRequest;
}

/** What our evaluator, and so AWS by its documentation, says of it. */
export function decideSituation({ policies, caller, request }: Situation): Decision['outcome'] {
  const [identity, resource, session] = [
    named('identity', policies.identity),
    named('bucket', policies.bucket),
    named('session', policies.session),
  ];
  const access = compileAccess({
    ...(identity ? { identity: [identity] } : {}),
    ...(resource ? { resource } : {}),
    // What was left of a session policy may be nothing; then it allows nothing.
    ...(caller === 'session-with-policy' ? { session: session ? [session] : [] } : {}),
  });
  return decide(access, request).outcome;
}

function named(name: string, statements: readonly Statement[]): NamedPolicy | undefined {
  if (statements.length === 0) return undefined;
  const { policy, findings } = policyFrom({ Version: '2012-10-17', Statement: [...statements] });
  if (!policy) throw new Error(JSON.stringify({ findings, statements }));
  return { name, policy };
}
