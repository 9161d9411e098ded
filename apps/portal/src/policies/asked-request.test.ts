import { expect, test } from 'vitest';
import { readRequest } from './asked-request.ts';

const asked = {
  principals: ' arn:aws:iam::111122223333:role/worker \n\njane\n*',
  actions: 's3:GetObject\ns3:GetObject\ns3:PutObject',
  resources: 'arn:aws:s3:::files/a.csv',
  context: 'aws:SecureTransport=true\naws:TagKeys=a\naws:TagKeys=b\nnothing',
  accountId: '',
};

test('each line is one thing, told once; whom nobody knows is told', () => {
  expect(readRequest(asked)).toEqual({
    principals: [
      { kind: 'role-session', roleArn: 'arn:aws:iam::111122223333:role/worker', sessionName: 'session' },
      { kind: 'anonymous' },
    ],
    actions: ['s3:GetObject', 's3:PutObject'],
    resources: ['arn:aws:s3:::files/a.csv'],
    context: { 'aws:SecureTransport': ['true'], 'aws:TagKeys': ['a', 'b'] },
    resourceAccountId: '111122223333',
    unknown: ['jane'],
    unreadContext: ['nothing'],
    isAccountUnread: false,
  });
});

test('a key is one key however its case is, and a line without key or value is told', () => {
  const context = 'aws:TagKeys=a\nAWS:tagkeys = b\n=c\naws:SourceIp';
  expect(readRequest({ ...asked, context })).toMatchObject({
    context: { 'aws:TagKeys': ['a', 'b'] },
    unreadContext: ['=c', 'aws:SourceIp'],
  });
});

test('the account is the one that is given', () => {
  for (const accountId of [' 444455556666 ', '4444-5555-6666']) {
    expect(readRequest({ ...asked, accountId })).toMatchObject({
      resourceAccountId: '444455556666',
      isAccountUnread: false,
    });
  }
  for (const accountId of ['44445555666', '4444555566667', 'mine']) {
    expect(readRequest({ ...asked, accountId }).isAccountUnread).toBe(true);
  }
  const principals = 'arn:aws:sts::444455556666:federated-user/jane';
  expect(readRequest({ ...asked, principals }).resourceAccountId).toBe('444455556666');
});
