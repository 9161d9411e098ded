import { leastPrivilege } from '@hikyaku/policies';
import { describe, expect, test } from 'vitest';
import { readRoleForm, type RoleForm } from './role-form.ts';

const blank: RoleForm = { bucket: '', prefix: '', does: ['read-objects', 'list-objects'], queue: '', key: '' };
const key = 'arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd';
const queue = 'arn:aws:sqs:ap-northeast-1:111122223333:arrivals';

test('everything that is filled in is an operation, and a policy can be made of all of them', () => {
  const { faults, operations } = readRoleForm({
    bucket: 'files',
    prefix: 'in coming, 売上/',
    does: ['read-objects', 'upload-objects'],
    queue,
    key,
  });
  expect(faults).toEqual({});
  expect(operations).toEqual([
    { does: 'read-objects', bucket: 'files', prefix: 'in coming, 売上/' },
    { does: 'upload-objects', bucket: 'files', prefix: 'in coming, 売上/' },
    { does: 'receive-messages', queueArn: queue },
    { does: 'decrypt', keyArn: key },
    { does: 'encrypt', keyArn: key },
  ]);
  expect(leastPrivilege(operations).proof.length).toBeGreaterThan(0);
});

describe('or it is said why not', () => {
  test.each<[Partial<RoleForm>, object]>([
    [{ prefix: 'incoming/' }, { bucket: 'bucketMissing' }],
    [{ bucket: 'Files' }, { bucket: 'bucketName' }],
    [{ bucket: 'files', prefix: 'incoming ' }, { prefix: 'prefixSpace' }],
    [{ bucket: 'files', does: [], queue }, { does: 'doesMissing' }],
    [{ queue: 'arrivals' }, { queue: 'queueArn' }],
    [{ key: 'alias/files' }, { key: 'keyArn' }],
    [{ bucket: 'files', does: ['list-objects'], key }, { key: 'keyUnused' }],
  ])('%j', (form, faults) => {
    expect(readRoleForm({ ...blank, ...form })).toEqual({ faults, operations: [] });
  });

  test('nothing at all says nothing, and is no fault', () => {
    expect(readRoleForm(blank)).toEqual({ faults: {}, operations: [] });
  });
});
