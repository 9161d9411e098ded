import type { AccessRequest } from '../evaluate/access-request.ts';
import { compileAccess } from '../evaluate/compile-access.ts';
import { decide } from '../evaluate/decide.ts';
import { documentOf } from '../policy/document-of.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicyDocument, Statement } from '../policy-document.ts';
import { merge } from '../size/merge.ts';
import type { DeclaredOperation } from './declared-operation.ts';
import { needsOf } from './needs-of.ts';
import { type Probe, probesOf } from './probes-of.ts';

export interface LeastPrivilege {
  document: PolicyDocument;
  /** Every request that was tried on it, with what came of it: the declared ones allowed, their neighbours not. */
  proof: readonly (Probe & { outcome: 'Allowed' | 'ImplicitlyDenied' | 'ExplicitlyDenied' })[];
}

/**
 * The smallest identity policy for what was declared, tried out on the evaluator before it is handed over. A policy that fails
 * its own proof is a fault of this package, and throws.
 */
export function leastPrivilege(operations: readonly DeclaredOperation[]): LeastPrivilege {
  const statements = operations.map((operation): Statement => {
    const { actions, resource, condition } = needsOf(operation);
    return {
      Effect: 'Allow',
      Action: [...actions],
      Resource: resource,
      ...(condition ? { Condition: condition } : {}),
    };
  });
  const policy = merge(readPolicy(statements));
  // The evaluator asks a key's own policy first; the default one hands over to the account.
  const ofKey = {
    name: 'key',
    policy: readPolicy([{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'kms:*', Resource: '*' }]),
  };
  const proof = probesOf(operations).map((probe) => {
    const isOfKey = probe.action.startsWith('kms:');
    const access = compileAccess({ identity: [{ name: 'least', policy }], ...(isOfKey ? { resource: ofKey } : {}) });
    const outcome = decide(access, requestOf(probe)).outcome;
    if ((outcome === 'Allowed') !== probe.isDeclared)
      throw new Error(`The derived policy fails its proof: ${JSON.stringify({ probe, outcome })}`);
    return { ...probe, outcome };
  });
  return { document: { ...documentOf(policy), Version: '2012-10-17' }, proof };
}

const accountId = '111122223333';

function requestOf({ action, resource, context }: Probe): AccessRequest {
  return {
    principal: { kind: 'role-session', roleArn: `arn:aws:iam::${accountId}:role/declared`, sessionName: 'proof' },
    action,
    resource,
    resourceAccountId: accountId,
    context,
  };
}

function readPolicy(statements: Statement[]): Policy {
  const { policy, findings } = policyFrom({ Version: '2012-10-17', Statement: statements });
  if (!policy) throw new Error(`No policy can be made of what was declared: ${JSON.stringify(findings)}`);
  return policy;
}
