import { expect, test } from 'vitest';
import { seededRandom } from '../../test/seeded-random.ts';
import { parsePolicy } from './parse-policy.ts';

const seed = Number(process.env['HIKYAKU_SEED'] ?? 20_261_122);
const allow = '{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}';
const ids = (text: string) => parsePolicy(text).findings.map(({ id }) => id);

test('every value knows its line and column', () => {
  const { policy } = parsePolicy(`{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": ["s3:GetObject",
        "s3:PutObject"], "Resource": "arn:aws:s3:::files/*",
      "Condition": { "StringEquals": { "aws:PrincipalTag/team~a": "x" } } }
  ]
}`);
  const [statement] = policy?.statements ?? [];
  expect(statement?.actions.values.map(({ pointer }) => pointer)).toEqual([
    '/Statement/0/Action/0',
    '/Statement/0/Action/1',
  ]);
  expect(policy?.positionOf('/Statement/0/Action/1')).toEqual({ line: 5, column: 9 });
  const condition = '/Statement/0/Condition/StringEquals/aws:PrincipalTag~1team~0a';
  expect(statement?.conditions[0]?.pointer).toBe(condition);
  expect(policy?.positionOf(condition)).toEqual({ line: 6, column: 67 });
});

test('a single statement, single values and unquoted numbers and booleans are read as AWS reads them', () => {
  const { policy } = parsePolicy(
    '{"Statement": {"Effect":"Deny","Principal":"*","Action":"*","NotResource":["a"],"Condition":{"Bool":{"aws:SecureTransport":false},"NumericLessThan":{"s3:TlsVersion":1.2}}}}',
  );
  expect(policy?.version).toBe('2008-10-17');
  expect(policy?.isVersionWritten).toBe(false);
  const [statement] = policy?.statements ?? [];
  expect(statement?.conditions.map(({ values }) => values[0]?.value)).toEqual(['false', '1.2']);
  expect(statement?.principals?.values).toEqual([{ type: 'AWS', value: '*', pointer: '/Statement/Principal' }]);
  expect(statement?.resources?.isNegated).toBe(true);
});

const cases: [what: string, text: string, ids: string[]][] = [
  ['nothing', '', ['json-syntax']],
  ['half an object', '{"Statement": [', ['json-syntax']],
  ['a comma too many', `{"Statement": [${allow},]}`, ['json-syntax']],
  ['something behind it', `{"Statement": [${allow}]} x`, ['json-syntax']],
  ['a text that does not end', '{"Version": "2012', ['json-syntax']],
  ['a broken escape', '{"Version": "\\u12"}', ['json-syntax']],
  ['a line break inside a text', '{"Version": "2012\n"}', ['json-syntax']],
  ['an ending backslash', '{"Version": "\\', ['json-syntax']],
  ['no object', '[]', ['wrong-type']],
  ['no statement', '{"Version": "2012-10-17"}', ['missing-element']],
  ['no statements', '{"Statement": []}', ['empty-list']],
  ['another version', `{"Version": "2026-01-01", "Statement": ${allow}}`, ['invalid-version']],
  ['a version that is a number', `{"Version": 2012, "Statement": ${allow}}`, ['wrong-type']],
  ['an element twice', `{"Statement": ${allow}, "Statement": ${allow}}`, ['duplicate-key']],
  ['a prototype', `{"__proto__": {"Effect": "Allow"}, "Statement": ${allow}}`, ['unknown-element']],
  ['another case', '{"Statement": {"effect": "Allow", "Action": "*"}}', ['unknown-element', 'missing-element']],
  ['another effect', '{"Statement": {"Effect": "allow", "Action": "*"}}', ['invalid-effect']],
  ['no action', '{"Statement": {"Effect": "Allow", "Resource": "*"}}', ['missing-element']],
  ['no actions', '{"Statement": {"Effect": "Allow", "Action": [], "Resource": "*"}}', ['empty-list']],
  [
    'both kinds of action',
    '{"Statement": {"Effect": "Deny", "Action": "*", "NotAction": "*"}}',
    ['conflicting-elements'],
  ],
  ['an action that is an object', '{"Statement": {"Effect": "Deny", "Action": {}}}', ['wrong-type']],
  [
    'a principal of no kind',
    '{"Statement": {"Effect": "Deny", "Action": "*", "Principal": {"Aws": "*"}}}',
    ['invalid-principal-type'],
  ],
  [
    'an operator of no kind',
    '{"Statement": {"Effect": "Deny", "Action": "*", "Condition": {"NullIfExists": {"a": "true"}, "StringIs": {"a": "b"}}}}',
    ['unknown-operator', 'unknown-operator'],
  ],
  [
    'values that no request could have',
    '{"Statement": {"Effect": "Deny", "Action": "*", "Condition": {"IpAddress": {"a": "10.0.0.0/33"}, "DateLessThan": {"a": "tomorrow"}, "NumericEquals": {"a": "many"}, "Bool": {"a": "no"}}}}',
    Array<string>(4).fill('invalid-condition-value'),
  ],
];

test.each(cases)('%s is found', (_what, text, expected) => {
  expect(ids(text)).toEqual(expected);
});

const hostile: [what: string, text: string][] = [
  ['a megabyte of nothing', ' '.repeat(2 ** 20)],
  ['a megabyte of statements', `{"Statement": [${Array(15_000).fill(allow).join(',')}]}`],
  ['the longest text that is read, of wrong elements', `{${'"a":1,'.repeat(18_000)}"b":1}`],
  [
    'the longest text that is read, of wrong values',
    `{"Statement":{"Effect":"Deny","Action":[${'1,'.repeat(65_000)}1]}}`,
  ],
  ['a megabyte of brackets', '['.repeat(2 ** 20)],
  ['many brackets', '['.repeat(100_000)],
  ['many objects', '{"a":'.repeat(20_000)],
  ['prototypes within prototypes', `{"__proto__":`.repeat(20) + '1' + '}'.repeat(20)],
  ['a long number', `{"Version": ${'1'.repeat(220_000)}}`],
  ['a text of backslashes', `{"Version": "${'\\'.repeat(220_000)}"}`],
  ['halves of characters', `{"Version": "\ud800", "Statement": "\udfff"}`],
];

test.each(hostile)('%s gets a finding in less than 50 ms of CPU', (_what, text) => {
  const { policy, findings } = parsePolicy(text);
  expect(policy).toBeUndefined();
  expect(findings.length).toBeGreaterThan(0);
  expect(findings.length).toBeLessThanOrEqual(100);
  expect(leastCpuMilliseconds(() => parsePolicy(text))).toBeLessThan(50);
});

/** Of three runs, so that what else the machine does has no part in it. */
function leastCpuMilliseconds(run: () => void): number {
  const runs = Array.from({ length: 3 }, () => {
    const begun = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

test('twenty thousand broken texts end in findings or a policy, never in an exception', () => {
  const text = `{"Version":"2012-10-17","Id":"i\\u0041","Statement":[{"Sid":"s","Effect":"Allow","Principal":{"AWS":["*","1"]},"Action":["s3:*"],"Resource":"*","Condition":{"ForAllValues:StringLike":{"aws:TagKeys":["a?",true,1e3]}}}]}`;
  const random = seededRandom(seed);
  for (let round = 0; round < 20_000; round += 1) {
    const at = Math.floor(random() * text.length);
    const length = Math.floor(random() * 6);
    const instead = ['', '"', '{', ']', '\\', ',', 'null', '-', ':', '\u0000'][Math.floor(random() * 10)] ?? '';
    const broken = text.slice(0, at) + instead + text.slice(at + length);
    const { policy, findings } = parsePolicy(broken);
    if ((policy === undefined) === (findings.length === 0))
      throw new Error(`seed ${seed}: neither policy nor finding: ${broken}`);
  }
});
