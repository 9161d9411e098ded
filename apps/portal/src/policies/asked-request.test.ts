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
  });
});

test('the account is the one that is given', () => {
  expect(readRequest({ ...asked, accountId: ' 444455556666 ' }).resourceAccountId).toBe('444455556666');
});
