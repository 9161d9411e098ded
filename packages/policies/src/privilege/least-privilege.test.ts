import { expect, test } from 'vitest';
import { policyFrom } from '../policy/parse-policy.ts';
import { lint } from '../lint/lint.ts';
import type { DeclaredOperation } from './declared-operation.ts';
import { leastPrivilege } from './least-privilege.ts';

const queueArn = 'arn:aws:sqs:ap-northeast-1:111122223333:arrivals';
const keyArn = 'arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd';
const logGroupArn = 'arn:aws:logs:ap-northeast-1:111122223333:log-group:/aws/lambda/thumbnails';

test('the on-premises worker gets exactly its queue, its objects and its key', () => {
  const { document } = leastPrivilege([
    { does: 'receive-messages', queueArn },
    { does: 'read-objects', bucket: 'files', prefix: 'incoming/' },
    { does: 'decrypt', keyArn },
  ]);
  expect(document).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
        Resource: queueArn,
      },
      { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/incoming/*' },
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: keyArn },
    ],
  });
});

test('what is done to the same things becomes one statement', () => {
  const { document } = leastPrivilege([
    { does: 'read-objects', bucket: 'files', prefix: 'incoming/' },
    { does: 'read-objects', bucket: 'files', prefix: 'incoming/2026/' },
    { does: 'read-objects', bucket: 'files', prefix: 'exports/' },
  ]);
  expect(document.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: ['arn:aws:s3:::files/incoming/*', 'arn:aws:s3:::files/exports/*'],
    },
  ]);
});

const declarations: readonly DeclaredOperation[][] = [
  [{ does: 'read-objects', bucket: 'files', prefix: '', versions: true }],
  [{ does: 'list-objects', bucket: 'files', prefix: 'incoming/', versions: true }],
  [{ does: 'list-objects', bucket: 'files', prefix: '' }],
  [
    { does: 'upload-objects', bucket: 'files', prefix: 'incoming/' },
    { does: 'encrypt', keyArn },
  ],
  [
    { does: 'delete-objects', bucket: 'files', prefix: 'exports/' },
    { does: 'read-object-tags', bucket: 'files', prefix: 'exports/' },
  ],
  [
    { does: 'write-logs', logGroupArn },
    { does: 'send-messages', queueArn },
  ],
  [
    { does: 'read-objects', bucket: 'files', prefix: 'what?*$/' },
    { does: 'list-objects', bucket: 'files', prefix: 'a*b/' },
  ],
  [
    { does: 'read-objects', bucket: 'files', prefix: 'in' },
    { does: 'upload-objects', bucket: 'files', prefix: 'incoming/' },
  ],
];

test.each(declarations.map((operations) => [JSON.stringify(operations), operations] as const))(
  '%s: all of it is allowed, each neighbour is not, and lint has nothing to say',
  (_name, operations) => {
    const { document, proof } = leastPrivilege(operations);
    expect(proof.filter(({ isDeclared }) => isDeclared).length).toBeGreaterThan(0);
    expect(proof.filter(({ isDeclared }) => !isDeclared).length).toBeGreaterThan(0);
    for (const { isDeclared, outcome } of proof) expect(outcome).toBe(isDeclared ? 'Allowed' : 'ImplicitlyDenied');
    const { policy } = policyFrom(document);
    expect(policy && lint(policy, 'identity')).toEqual([]);
  },
);

test('a wildcard in a declared prefix stays that sign', () => {
  const { proof, document } = leastPrivilege([{ does: 'read-objects', bucket: 'files', prefix: 'a*b/' }]);
  expect(document.Statement[0]?.Resource).toBe('arn:aws:s3:::files/a${*}b/*');
  expect(proof).toContainEqual({
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::files/a*b/one',
    context: {},
    isDeclared: true,
    outcome: 'Allowed',
  });
});
