import {
  denyOutside,
  grantRole,
  leastPrivilege,
  readOnly,
  readTagged,
  type Statement,
  uploadOnly,
  withinTime,
} from '@hikyaku/policies';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCloud } from '../../src/testing/index.ts';
import { type AttachedPolicies, createGatewayAccount, type GatewayAccount, objects, tag } from './gateway-account.ts';
import { decideSituation } from './situation.ts';
import { type Operation, requestOf } from './operations.ts';

let account: GatewayAccount;

beforeAll(async () => {
  const { s3 } = testCloud();
  if (!s3) throw new Error('the test cloud runs s3');
  account = await createGatewayAccount(s3);
});

afterAll(() => account.delete());

const read = (key: string, context = {}): Asked => ({ action: 's3:GetObject', sent: { method: 'GET', key }, context });
const write = (key: string): Asked => ({ action: 's3:PutObject', sent: { method: 'PUT', key, body: 'x' } });
const remove = (key: string): Asked => ({ action: 's3:DeleteObject', sent: { method: 'DELETE', key } });
const list = (prefix?: string): Asked => ({
  action: 's3:ListBucket',
  sent: { method: 'GET', query: { 'list-type': '2', ...(prefix === undefined ? {} : { prefix }) } },
  ...(prefix === undefined ? {} : { context: { 's3:prefix': prefix } }),
});
const beginParts = (key: string): Asked => ({
  action: 's3:PutObject',
  sent: { method: 'POST', key, query: { uploads: '' } },
});

type Asked = Pick<Operation, 'action' | 'sent' | 'context'>;

interface Preset {
  name: string;
  policies: (names: GatewayAccount) => Partial<AttachedPolicies>;
  allowed: readonly Asked[];
  refused: readonly Asked[];
}

const everything: Statement[] = [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }];
const day = 24 * 60 * 60 * 1_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
const ownTag = { [`s3:ExistingObjectTag/${tag.key}`]: tag.value };
const own = { 'aws:ViaAWSService': 'false' };

const presets: readonly Preset[] = [
  {
    name: 'read only by prefix',
    policies: ({ bucket }) => ({ identity: readOnly({ bucket, prefix: 'incoming/' }) }),
    allowed: [read(objects.tagged), list('incoming/'), list('incoming/2026')],
    refused: [read(objects.plain), list(), list('exports/'), write('incoming/x'), remove('incoming/x')],
  },
  {
    name: 'upload only by prefix',
    policies: ({ bucket }) => ({ identity: uploadOnly({ bucket, prefix: 'incoming/' }) }),
    allowed: [write('incoming/x'), beginParts('incoming/x')],
    refused: [
      write('exports/x'),
      beginParts('exports/x'),
      read(objects.tagged),
      remove('incoming/x'),
      list('incoming/'),
    ],
  },
  {
    name: 'read only what is tagged',
    policies: ({ bucket }) => ({ identity: readTagged({ bucket, prefix: '', tag: tag.key, value: tag.value }) }),
    allowed: [read(objects.tagged, ownTag)],
    refused: [read(objects.plain), write('incoming/x'), list()],
  },
  {
    name: 'a bucket that grants a role',
    policies: ({ bucket, roleArn }) => ({
      bucket: grantRole({ bucket, roleArn, readPrefixes: ['incoming/'], writePrefixes: ['exports/'] }),
    }),
    allowed: [read(objects.tagged), write('exports/x')],
    refused: [read(objects.plain), write('incoming/x'), remove('exports/x'), list()],
  },
  {
    name: 'a time that has come',
    policies: ({ bucket }) => ({
      identity: withinTime(readOnly({ bucket, prefix: 'incoming/' }), { from: inDays(-1), until: inDays(1) }),
    }),
    allowed: [read(objects.tagged), list('incoming/')],
    refused: [read(objects.plain)],
  },
  {
    name: 'a time that is over, or has not come',
    policies: ({ bucket }) => ({
      identity: [
        ...withinTime(readOnly({ bucket, prefix: 'incoming/' }), { from: inDays(-2), until: inDays(-1) }),
        ...withinTime(uploadOnly({ bucket, prefix: 'incoming/' }), { from: inDays(1), until: inDays(2) }),
      ],
    }),
    allowed: [],
    refused: [read(objects.tagged), list('incoming/'), write('incoming/x')],
  },
  {
    name: 'another network',
    policies: ({ bucket }) => ({
      identity: everything,
      bucket: denyOutside({ bucket, ipRanges: ['203.0.113.0/24'] }),
    }),
    allowed: [],
    refused: [read(objects.tagged), write('incoming/x'), list()],
  },
  {
    name: 'the own network',
    policies: ({ bucket }) => ({ identity: everything, bucket: denyOutside({ bucket, ipRanges: ['127.0.0.0/8'] }) }),
    allowed: [read(objects.tagged), write('incoming/x'), list()],
    refused: [],
  },
  {
    name: 'least privilege for what a worker declares',
    policies: ({ bucket }) => ({
      identity: leastPrivilege([
        { does: 'read-objects', bucket, prefix: 'incoming/' },
        { does: 'list-objects', bucket, prefix: 'incoming/' },
        { does: 'upload-objects', bucket, prefix: 'exports/' },
      ]).document.Statement,
    }),
    allowed: [read(objects.tagged), list('incoming/'), write('exports/x'), beginParts('exports/x')],
    refused: [read(objects.plain), list(), list('exports/'), write('incoming/x'), remove('exports/x')],
  },
];

test.each(presets)('$name: what is meant works at the gateway, and its neighbours are refused', async (preset) => {
  const policies: AttachedPolicies = { identity: [], bucket: [], session: everything, ...preset.policies(account) };
  await account.attach(policies);
  for (const asked of [...preset.allowed, ...preset.refused]) {
    const request = requestOf(asked, account, account.principals.session);
    const evaluated = decideSituation({
      policies,
      caller: 'session',
      request: { ...request, context: { ...own, ...request.context } },
    });
    const status = await account.ask('session', asked.sent);
    const answered = { gateway: status === 403 ? 'refused' : status < 300, evaluator: evaluated === 'Allowed' };
    const isMeant = preset.allowed.includes(asked);
    expect({ ...asked, ...answered }).toEqual({ ...asked, gateway: isMeant || 'refused', evaluator: isMeant });
  }
});
