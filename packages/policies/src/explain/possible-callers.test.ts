import { expect, test } from 'vitest';
import type { AccessPolicies } from '../evaluate/access-policies.ts';
import { policyFrom } from '../policy/parse-policy.ts';
import { possibleCallers } from './possible-callers.ts';

const callerArn = 'arn:aws:sts::111122223333:assumed-role/worker/nightly';
const roleArn = 'arn:aws:iam::111122223333:role/worker';
const worker = { kind: 'role-session', roleArn, sessionName: 'nightly' } as const;

function foldersTried(key: string, count: number): number {
  const patterns = Array.from({ length: count }, (_, index) => `arn:aws:iam::*:role/folder-${index}/*`);
  const { policy } = policyFrom({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: '*', Condition: { StringLike: { [key]: patterns } } },
    ],
  });
  if (!policy) throw new Error('it cannot be read');
  const policies: AccessPolicies = { identity: [{ name: 'many', policy }] };
  return possibleCallers(worker, callerArn, policies).length;
}

test('however many patterns there are, no more folders are tried than could make a difference', () => {
  const withoutAny = foldersTried('s3:prefix', 1);
  expect(foldersTried('aws:PrincipalArn', 2)).toBeGreaterThan(withoutAny);
  for (const key of ['s3:prefix', 'aws:PrincipalArn']) expect(foldersTried(key, 300)).toBe(withoutAny);
});
