import { expect, test } from 'vitest';
import {
  type AccessPolicies,
  budget,
  compileAccess,
  decide,
  merge,
  minify,
  parsePolicy,
  type Policy,
  policyFrom,
} from '../src/index.ts';
import { editPolicies } from '../src/explain/edit-policies.ts';
import { accessPoliciesOf, randomAccess, randomRequest } from './random-access.ts';
import { seededRandom } from './seeded-random.ts';

const seed = Number(process.env['HIKYAKU_SEED'] ?? 20_261_122);
const cases = 1_000;
const requestsEach = 5;

const shortened: readonly [name: string, shorten: (policy: Policy) => Policy | undefined][] = [
  ['minified', (policy) => parsePolicy(minify(policy)).policy],
  ['merged', merge],
  ['merged and minified', (policy) => parsePolicy(minify(merge(policy))).policy],
];

test.each(shortened)(`a policy that was %s decides as before (${cases} cases, seed ${seed})`, (_name, shorten) => {
  const random = seededRandom(seed);
  let saved = 0;
  for (let number = 0; number < cases; number += 1) {
    const access = accessPoliciesOf(randomAccess(random));
    const short: AccessPolicies = editPolicies(access, ({ name, policy }) => {
      const other = shorten(policy);
      if (!other) throw new Error(`seed ${seed}, case ${number}: not a policy any more: ${policy.text}`);
      saved += minify(policy).length - minify(other).length + policy.text.length - minify(policy).length;
      return { name, policy: other };
    });
    const [before, after] = [compileAccess(access), compileAccess(short)];
    for (let asked = 0; asked < requestsEach; asked += 1) {
      const request = randomRequest(random);
      const [one, other] = [decide(before, request).outcome, decide(after, request).outcome];
      if (one !== other)
        expect.fail(`seed ${seed}, case ${number}: ${one} became ${other}\n${JSON.stringify({ request, access })}`);
    }
  }
  expect(saved).toBeGreaterThan(0);
});

function policy(...Statement: Parameters<typeof policyFrom>[0]['Statement']): Policy {
  const parsed = policyFrom({ Version: '2012-10-17', Statement }).policy;
  if (!parsed) throw new Error('no policy');
  return parsed;
}

test('what belongs together becomes one statement', () => {
  const merged = merge(
    policy(
      { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObject*'], Resource: 'arn:aws:s3:::files/a/*' },
      {
        Sid: 'ReadToo',
        Effect: 'Allow',
        Action: 's3:GetObject*',
        Resource: ['arn:aws:s3:::files/b/*', 'arn:aws:s3:::files/b/c/*'],
      },
      {
        Effect: 'Allow',
        Action: 's3:GetObjectTagging',
        Resource: 'arn:aws:s3:::files/b/d',
        Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      },
      { Effect: 'Deny', Action: 's3:GetObject*', Resource: 'arn:aws:s3:::files/a/*' },
    ),
  );
  expect(minify(merged)).toBe(
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Read',
          Effect: 'Allow',
          Action: 's3:GetObject*',
          Resource: ['arn:aws:s3:::files/a/*', 'arn:aws:s3:::files/b/*'],
        },
        { Effect: 'Deny', Action: 's3:GetObject*', Resource: 'arn:aws:s3:::files/a/*' },
      ],
    }),
  );
});

test.each([
  ['other principals', { Principal: { AWS: '111122223333' } }],
  ['other conditions', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
])('%s stay apart', (_what, difference) => {
  const read = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::files/a',
    Condition: { Bool: { 'aws:SecureTransport': 'true' } },
    Principal: '*',
  } as const;
  expect(merge(policy(read, { ...read, ...difference })).statements).toHaveLength(2);
});

test('a budget counts without white space, bytes where AWS counts bytes, and says what is left', () => {
  const one = policy({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::files/日報/*' });
  const text = minify(one);
  expect(text).not.toMatch(/\s/);
  expect(budget([one], 'managed')).toEqual({
    unit: 'characters',
    used: text.length,
    limit: 6_144,
    left: 6_144 - text.length,
    fits: true,
  });
  expect(budget([one], 'bucket')).toMatchObject({ unit: 'bytes', used: text.length + 4, limit: 20_480 });
  expect(budget([one, one], 'role-inline').used).toBe(2 * text.length);
  const long = policy(
    ...Array.from({ length: 30 }, (_, index) => ({
      Effect: 'Deny' as const,
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::files/${index}/*`,
    })),
  );
  expect(budget([long], 'trust')).toMatchObject({ fits: false });
  expect(budget([merge(long)], 'trust')).toMatchObject({ fits: true });
});
