import type { DeclaredOperation } from '@hikyaku/policies';
import { bucketPattern, keyArnPattern, misfit, queueArnPattern } from './form-patterns.ts';

export const roleDoings = ['read-objects', 'list-objects', 'upload-objects', 'delete-objects'] as const;
export type RoleDoing = (typeof roleDoings)[number];

/** The form as it is filled in. */
export interface RoleForm {
  bucket: string;
  /** Letter by letter, as the names of objects are. */
  prefix: string;
  does: readonly RoleDoing[];
  queue: string;
  key: string;
}

type RoleFormFault =
  | 'bucketName'
  | 'bucketMissing'
  | 'prefixSpace'
  | 'doesMissing'
  | 'queueArn'
  | 'keyArn'
  | 'keyUnused';

export interface ReadRoleForm {
  faults: Partial<Record<keyof RoleForm, RoleFormFault>>;
  /** None where there are faults. */
  operations: readonly DeclaredOperation[];
}

/** What a program does, as a form says it. Nothing that is filled in is left out: what can't be meant is a fault. */
export function readRoleForm({ prefix, does, ...form }: RoleForm): ReadRoleForm {
  const [bucket, queueArn, keyArn] = [form.bucket.trim(), form.queue.trim(), form.key.trim()];
  const ofKey = keyArn ? keyOperations(does, keyArn) : [];
  const found: { [Name in keyof RoleForm]: RoleFormFault | undefined } = {
    bucket: bucket === '' && prefix.trim() !== '' ? 'bucketMissing' : misfit(bucket, bucketPattern, 'bucketName'),
    prefix: prefix === prefix.trim() ? undefined : 'prefixSpace',
    does: bucket && does.length === 0 ? 'doesMissing' : undefined,
    queue: misfit(queueArn, queueArnPattern, 'queueArn'),
    key: misfit(keyArn, keyArnPattern, 'keyArn') ?? (keyArn && ofKey.length === 0 ? 'keyUnused' : undefined),
  };
  const faults = Object.fromEntries(Object.entries(found).filter(([, fault]) => fault !== undefined));
  if (Object.keys(faults).length > 0) return { faults, operations: [] };
  const ofBucket = bucket ? does.map((each) => ({ does: each, bucket, prefix })) : [];
  const ofQueue = queueArn ? [{ does: 'receive-messages' as const, queueArn }] : [];
  return { faults, operations: [...ofBucket, ...ofQueue, ...ofKey] };
}

/** What SSE-KMS asks for beside reading and writing. */
function keyOperations(does: readonly RoleDoing[], keyArn: string): DeclaredOperation[] {
  return [
    ...(does.includes('read-objects') ? [{ does: 'decrypt' as const, keyArn }] : []),
    ...(does.includes('upload-objects') ? [{ does: 'encrypt' as const, keyArn }] : []),
  ];
}
