import type { DeclaredOperation } from './declared-operation.ts';
import { needsOf } from './needs-of.ts';

/** One request on which a derived policy is tried. */
export interface Probe {
  action: string;
  resource: string;
  context: Readonly<Record<string, string>>;
  /** Whether what was declared includes it. */
  isDeclared: boolean;
}

/** What each operation does, and beside it what it doesn't: another action, another place, another prefix. */
export function probesOf(operations: readonly DeclaredOperation[]): Probe[] {
  const declared = operations.flatMap((operation) =>
    instancesOf(operation).map((probe) => ({ ...probe, isDeclared: true })),
  );
  const isDeclared = (probe: Omit<Probe, 'isDeclared'>) => operations.some((operation) => includes(operation, probe));
  const neighbours = declared.flatMap(neighboursOf).map((probe) => ({ ...probe, isDeclared: isDeclared(probe) }));
  return [...new Map([...declared, ...neighbours].map((probe) => [JSON.stringify(probe), probe])).values()];
}

type Request = Omit<Probe, 'isDeclared'>;

function instancesOf(operation: DeclaredOperation): Request[] {
  const { actions } = needsOf(operation);
  const context: Record<string, string> = operation.does === 'list-objects' ? { 's3:prefix': operation.prefix } : {};
  return actions.map((action) => ({ action, resource: resourceOf(operation), context }));
}

function resourceOf(operation: DeclaredOperation): string {
  switch (operation.does) {
    case 'list-objects':
      return `arn:aws:s3:::${operation.bucket}`;
    case 'receive-messages':
    case 'send-messages':
      return operation.queueArn;
    case 'decrypt':
    case 'encrypt':
      return operation.keyArn;
    case 'write-logs':
      return `${operation.logGroupArn}:log-stream:one`;
    default:
      return `arn:aws:s3:::${operation.bucket}/${operation.prefix}one`;
  }
}

/** Actions that nobody should get along with those of each service. */
const otherActions: Record<string, readonly string[]> = {
  s3: [
    's3:GetObject',
    's3:PutObject',
    's3:DeleteObject',
    's3:DeleteObjectVersion',
    's3:PutObjectAcl',
    's3:GetObjectTagging',
    's3:GetObjectVersion',
  ],
  sqs: ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:PurgeQueue', 'sqs:SetQueueAttributes'],
  kms: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy'],
  logs: ['logs:DeleteLogGroup', 'logs:DeleteLogStream', 'logs:GetLogEvents'],
};
const bucketActions = ['s3:ListBucket', 's3:ListBucketVersions', 's3:DeleteBucket', 's3:PutBucketPolicy'];

function neighboursOf({ action, resource, context }: Request): Request[] {
  const service = action.split(':')[0] ?? '';
  const isBucket = service === 's3' && !resource.includes('/');
  const others = isBucket ? bucketActions : (otherActions[service] ?? []);
  const places = [
    `${resource}x`,
    resource.replace(/[^:/]+$/, 'elsewhere'),
    resource.replace(/^(arn:aws:s3:::)[^/]+/, '$1another-bucket'),
  ];
  return [
    ...others.map((other) => ({ action: other, resource, context })),
    ...places.map((place) => ({ action, resource: place, context })),
    ...(isBucket
      ? [
          { action, resource, context: {} },
          { action, resource, context: { 's3:prefix': '' } },
        ]
      : []),
  ];
}

/** By the words of the declaration, not by the policy that is to be tried. */
function includes(operation: DeclaredOperation, { action, resource, context }: Request): boolean {
  if (!needsOf(operation).actions.includes(action)) return false;
  switch (operation.does) {
    case 'list-objects': {
      const prefix = context['s3:prefix'];
      const isPrefix = operation.prefix === '' || (prefix !== undefined && prefix.startsWith(operation.prefix));
      return isPrefix && resource === `arn:aws:s3:::${operation.bucket}`;
    }
    case 'receive-messages':
    case 'send-messages':
    case 'decrypt':
    case 'encrypt':
      return resource === resourceOf(operation);
    case 'write-logs':
      return resource.startsWith(`${operation.logGroupArn}:`);
    default:
      return resource.startsWith(`arn:aws:s3:::${operation.bucket}/${operation.prefix}`);
  }
}
