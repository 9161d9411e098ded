import type { NamedPolicy } from '../evaluate/access-policies.ts';
import type { Principal } from '../policy-document.ts';
import { policyFrom } from './parse-policy.ts';

/** Stands for a policy that is nobody's, or that nobody could read. With a principal it is one of a resource. */
export function allowingEverything(name: string, more: { Principal?: Principal } = {}): NamedPolicy {
  const { policy } = policyFrom({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', ...more, Action: '*', Resource: '*' }],
  });
  if (!policy) throw new Error('what allows everything is a policy');
  return { name, policy };
}
