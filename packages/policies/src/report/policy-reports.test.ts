import { describe, expect, test } from 'vitest';
import {
  reportBudget,
  reportDiff,
  reportExplanation,
  reportLeastPrivilege,
  reportLint,
  reportSimulation,
} from './policy-reports.ts';
import { parseScenario } from './scenario.ts';

const file = (value: unknown, name = 'policy.json') => ({
  name,
  text: typeof value === 'string' ? value : JSON.stringify(value, null, 2),
});
const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/incoming/*' };
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });

describe('lint', () => {
  test('a sound policy', () => {
    expect(reportLint(file(document(read)), 'identity', 'ja')).toEqual({
      text: 'policy.json: 指摘はありません。',
      verdict: 'fine',
    });
  });

  test('a finding with its place, its cure and its page', () => {
    const { text, verdict } = reportLint(file(document({ ...read, Action: 's3:GetObjectMetadata' })), 'identity', 'en');
    expect(verdict).toBe('objection');
    expect(text).toMatch(/^policy\.json:6:17 error unknown-action: /);
    expect(text).toContain('(Actions, resources, and condition keys for AWS services)');
  });

  test('what is no policy', () => {
    expect(reportLint(file('{'), 'identity', 'en')).toMatchObject({ verdict: 'unusable' });
  });
});

describe('budget', () => {
  test('what is left, and what merging would save', () => {
    const policies = [file(document(read, { ...read, Resource: 'arn:aws:s3:::files/b/*' }))];
    expect(reportBudget(policies, 'managed', 'en')).toEqual({
      text: 'It takes 203 of 6,144 characters; 5,941 characters are left.\nWith its statements merged, meaning the same, it would take 151 characters.',
      verdict: 'fine',
    });
  });

  test('what is too long', () => {
    const long = document(...Array.from({ length: 40 }, (_, index) => ({ ...read, Sid: `Number${index}` })));
    expect(reportBudget([file(long)], 'trust', 'ja')).toMatchObject({
      verdict: 'objection',
      text: expect.stringContaining('超えています'),
    });
  });
});

const scenario = {
  principal: ['arn:aws:iam::111122223333:role/worker', 'arn:aws:iam::111122223333:user/jane'],
  action: ['s3:GetObject', 's3:PutObject'],
  resource: 'arn:aws:s3:::files/incoming/a.csv',
  context: { 'aws:SecureTransport': 'true' },
  policies: {
    resource: document({ ...read, Principal: { AWS: 'arn:aws:iam::111122223333:role/worker' } }),
  },
};

const grant = {
  GrantId: 'g',
  GranteePrincipal: 'arn:aws:iam::111122223333:role/worker',
  Operations: ['Decrypt'],
  IssuingAccount: 'arn:aws:iam::111122223333:root',
};

test('the endpoint is a gateway, to which an account is its root user alone, unless it is said to be an interface', () => {
  const [principal] = scenario.principal;
  const endpoint = document({ ...read, Principal: { AWS: '111122223333' } });
  const through = (more: object) => {
    const policies = { ...scenario.policies, endpoint };
    return reportSimulation(file({ ...scenario, ...more, principal, action: 's3:GetObject', policies }), 'en').verdict;
  };
  expect([through({}), through({ endpointType: 'gateway' }), through({ endpointType: 'interface' })]).toEqual([
    'objection',
    'objection',
    'fine',
  ]);
});

describe('a scenario', () => {
  test('is explained: its first request', () => {
    expect(reportExplanation(file(scenario), 'ja')).toMatchObject({
      verdict: 'fine',
      text: expect.stringContaining('許可されます。'),
    });
  });

  test('is simulated: each principal with each action, in order', () => {
    expect(reportSimulation(file(scenario), 'en')).toEqual({
      verdict: 'objection',
      text: [
        'allowed\tarn:aws:iam::111122223333:role/worker\ts3:GetObject\tarn:aws:s3:::files/incoming/a.csv',
        'not allowed\tarn:aws:iam::111122223333:role/worker\ts3:PutObject\tarn:aws:s3:::files/incoming/a.csv',
        'not allowed\tarn:aws:iam::111122223333:user/jane\ts3:GetObject\tarn:aws:s3:::files/incoming/a.csv',
        'not allowed\tarn:aws:iam::111122223333:user/jane\ts3:PutObject\tarn:aws:s3:::files/incoming/a.csv',
      ].join('\n'),
    });
  });

  test('takes every kind of policy, settings of the bucket and grants of a key', () => {
    const all = document({ ...read, Action: '*', Resource: '*' });
    const { scenario: found, faults } = parseScenario(
      JSON.stringify({
        ...scenario,
        account: '444455556666',
        policies: { identity: [all], boundary: all, session: all, scp: [[all], [all, all]], rcp: [all], endpoint: all },
        bucket: { restrictPublicBuckets: true, objectOwnership: 'ObjectWriter' },
        grants: [{ ...grant, Constraints: { EncryptionContextSubset: { team: 'red' } } }],
      }),
    );
    expect(faults).toEqual([]);
    expect(found).toMatchObject({
      resourceAccountId: '444455556666',
      policies: {
        serviceControl: [[{}], [{}, {}]],
        bucket: { restrictPublicBuckets: true, objectOwnership: 'ObjectWriter' },
        grants: [{ id: 'g', encryptionContextSubset: { team: 'red' } }],
      },
    });
  });

  test.each([
    ['{', 'This is not JSON'],
    ['[]', 'cannot stand at '],
    [JSON.stringify({ ...scenario, principal: 'jane' }), '/principal names nobody'],
    [JSON.stringify({ ...scenario, action: undefined }), '/action is missing'],
    [JSON.stringify({ ...scenario, actions: 's3:GetObject' }), 'There is no element /actions'],
    [JSON.stringify({ ...scenario, policies: { resource: { Statement: [] } } }), '/policies/resource is not a policy'],
    [JSON.stringify({ ...scenario, bucket: { restrictPublicBuckets: 'true' } }), 'at /bucket/restrictPublicBuckets'],
    [JSON.stringify({ ...scenario, bucket: { foreignObjectsGrantOwner: 1 } }), 'at /bucket/foreignObjectsGrantOwner'],
    [JSON.stringify({ ...scenario, bucket: { objectOwnership: 'Mine' } }), 'at /bucket/objectOwnership'],
    [JSON.stringify({ ...scenario, endpointType: 'gate' }), 'at /endpointType'],
    [JSON.stringify({ ...scenario, account: 111122223333 }), 'at /account'],
    [JSON.stringify({ ...scenario, account: '1111-2222-3333' }), 'at /account'],
    [JSON.stringify({ ...scenario, principal: '*' }), '/account is missing'],
    [
      JSON.stringify({ ...scenario, grants: [{ ...grant, Constraints: { SourceArn: 'arn:aws:sqs:::q' } }] }),
      'There is no element /grants/0/Constraints/SourceArn',
    ],
    [
      JSON.stringify({ ...scenario, grants: [{ ...grant, Constraints: { EncryptionContextEquals: { team: 1 } } }] }),
      'at /grants/0/Constraints/EncryptionContextEquals/team',
    ],
    [JSON.stringify({ ...scenario, __proto__: null, constructor: 1 }), 'There is no element /constructor'],
  ])('that is none is told what it lacks (%#)', (text, expected) => {
    const report = reportExplanation(file(text, 'scenario.json'), 'en');
    expect(report.verdict).toBe('unusable');
    expect(report.text).toContain(expected);
    expect(reportExplanation(file(text, 'scenario.json'), 'ja').text).not.toBe('');
  });
});

describe('operations', () => {
  const readIncoming = { does: 'read-objects', bucket: 'files', prefix: 'incoming/' };

  test('become the smallest policy', () => {
    const { text, verdict } = reportLeastPrivilege(
      file([readIncoming, { ...readIncoming, does: 'list-objects' }]),
      'en',
    );
    expect(verdict).toBe('fine');
    expect(JSON.parse(text)).toMatchObject({ Statement: [{ Action: 's3:GetObject' }, { Action: 's3:ListBucket' }] });
  });

  test.each([
    ['{', 'This is not JSON'],
    [{}, 'cannot stand at the top'],
    [[], 'cannot stand at the top'],
    [[{ does: 'everything' }], '/0/does is no operation'],
    [[{ does: 'constructor' }], '/0/does is no operation'],
    [[readIncoming, { ...readIncoming, prefix: undefined }], '/1/prefix is missing'],
    [[{ ...readIncoming, bucket: 1 }], 'cannot stand at /0/bucket'],
    [[{ ...readIncoming, does: 'delete-objects', versions: true }], 'There is no element /0/versions'],
    [[{ ...readIncoming, versions: 'yes' }], 'cannot stand at /0/versions'],
  ])('that are none are told what they lack (%#)', (value, expected) => {
    const report = reportLeastPrivilege(file(value), 'en');
    expect(report.verdict).toBe('unusable');
    expect(report.text).toContain(expected);
    expect(reportLeastPrivilege(file(value), 'ja').text).not.toContain('undefined');
  });
});

test('a difference between two versions is an objection, none is fine', () => {
  const options = { language: 'en', resourceAccountId: '111122223333' } as const;
  const [before, after] = [file(document(read)), file(document({ ...read, Action: 's3:*' }))];
  expect(reportDiff({ before, after: before }, 'identity', options).verdict).toBe('fine');
  expect(reportDiff({ before, after }, 'identity', options)).toMatchObject({
    verdict: 'objection',
    text: expect.stringContaining('+ arn:aws:iam::111122223333:role/it: '),
  });
  for (const kind of ['boundary', 'session', 'scp', 'rcp', 'endpoint'] as const) {
    expect([kind, reportDiff({ before, after: before }, kind, options).verdict]).toEqual([kind, 'fine']);
  }
});
