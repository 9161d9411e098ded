import type { Statement } from '../../index.ts';
import { bothEffects, type DocumentedCase, readObject, type Subject } from './documented-case.ts';
import type { PageName } from './pages.ts';

type Values = string | readonly string[] | undefined;
/** Operator, key, what the policy says, what the request says (undefined: nothing), whether that is a match. */
type Row = readonly [operator: string, key: string, policy: string | string[], request: Values, isMatch: boolean];

const operators: PageName = 'IAM JSON policy elements: Condition operators';
const sets: PageName = 'Single-valued vs. multivalued context keys';
const several: PageName = 'Conditions with multiple context keys or values';
const team = 'aws:PrincipalTag/team';
const now = 'aws:CurrentTime';
const ip = 'aws:SourceIp';
const arn = 'aws:SourceArn';
const tags = 'aws:TagKeys';
const size = 's3:max-keys';

const topic = 'arn:aws:sns:us-east-2:111122223333:topic';

const groups: readonly { subject: Subject; page: PageName; sentence: string; rows: readonly Row[] }[] = [
  {
    subject: 'Condition: string',
    page: operators,
    sentence: 'StringEquals: Exact matching, case sensitive',
    rows: [
      ['StringEquals', team, 'finance', 'finance', true],
      ['StringEquals', team, 'finance', 'Finance', false],
      ['StringEquals', team, 'finance', 'finance ', false],
      ['StringEquals', team, 'finance', '', false],
      ['StringEquals', team, '', '', true],
      ['StringEquals', team, 'fin*', 'finance', false],
      ['StringEquals', team, 'fin*', 'fin*', true],
      ['StringEquals', team, 'financ?', 'finance', false],
      ['StringEquals', team, '財務', '財務', true],
    ],
  },
  {
    subject: 'Condition: string',
    page: operators,
    sentence: 'StringNotEquals: Negated matching',
    rows: [
      ['StringNotEquals', team, 'finance', 'finance', false],
      ['StringNotEquals', team, 'finance', 'Finance', true],
      ['StringNotEquals', team, 'finance', 'audit', true],
      ['StringNotEquals', team, 'fin*', 'finance', true],
    ],
  },
  {
    subject: 'Condition: string',
    page: operators,
    sentence: 'StringEqualsIgnoreCase: Exact matching, ignoring case',
    rows: [
      ['StringEqualsIgnoreCase', team, 'finance', 'FINANCE', true],
      ['StringEqualsIgnoreCase', team, 'Finance', 'finance', true],
      ['StringEqualsIgnoreCase', team, 'finance', 'audit', false],
      ['StringEqualsIgnoreCase', team, 'FIN*', 'finance', false],
    ],
  },
  {
    subject: 'Condition: string',
    page: operators,
    sentence: 'StringNotEqualsIgnoreCase: Negated matching, ignoring case',
    rows: [
      ['StringNotEqualsIgnoreCase', team, 'finance', 'FINANCE', false],
      ['StringNotEqualsIgnoreCase', team, 'finance', 'audit', true],
    ],
  },
  {
    subject: 'Condition: string',
    page: operators,
    sentence:
      'StringLike: Case-sensitive matching. The values can include multi-character match wildcards (*) and single-character match wildcards (?) anywhere in the string.',
    rows: [
      ['StringLike', 's3:prefix', 'home/*', 'home/jane/', true],
      ['StringLike', 's3:prefix', 'home/*', 'home/', true],
      ['StringLike', 's3:prefix', 'home/*', 'Home/jane/', false],
      ['StringLike', 's3:prefix', 'home/*', 'home', false],
      ['StringLike', 's3:prefix', '*/jane/*', 'home/jane/a', true],
      ['StringLike', 's3:prefix', '*/jane/*', 'jane/a', false],
      ['StringLike', 's3:prefix', 'home/????/', 'home/jane/', true],
      ['StringLike', 's3:prefix', 'home/????/', 'home/john7/', false],
      ['StringLike', 's3:prefix', 'a*b*c', 'abbc', true],
      ['StringLike', 's3:prefix', 'a*b*c', 'acb', false],
      ['StringLike', 's3:prefix', '**', '', true],
      ['StringLike', 's3:prefix', '?', '', false],
      ['StringLike', 's3:prefix', '', '', true],
      ['StringLike', 's3:prefix', 'a*a', 'a', false],
      ['StringLike', 's3:prefix', 'home/[a-z]*', 'home/jane', false],
      ['StringLike', 's3:prefix', 'home/.*', 'home/jane', false],
    ],
  },
  {
    subject: 'Condition: string',
    page: operators,
    sentence: 'StringNotLike: Negated case-sensitive matching.',
    rows: [
      ['StringNotLike', 's3:prefix', 'home/*', 'home/jane/', false],
      ['StringNotLike', 's3:prefix', 'home/*', 'Home/jane/', true],
      ['StringNotLike', 's3:prefix', 'home/?', 'home/ja', true],
    ],
  },
  {
    subject: 'Condition: string',
    page: operators,
    sentence:
      'If the key that you specify in a policy condition is not present in the request context, the values do not match and the condition is false.',
    rows: [
      ['StringEquals', team, 'finance', undefined, false],
      ['StringEquals', team, '', undefined, false],
      ['StringEqualsIgnoreCase', team, 'finance', undefined, false],
      ['StringLike', team, '*', undefined, false],
      ['StringEquals', team, 'finance', [], false],
    ],
  },
  {
    subject: 'Condition: string',
    page: operators,
    sentence:
      'If the policy condition requires that the key is not matched, such as StringNotLike or ArnNotLike, and the right key is not present, the condition is true.',
    rows: [
      ['StringNotEquals', team, 'finance', undefined, true],
      ['StringNotEqualsIgnoreCase', team, 'finance', undefined, true],
      ['StringNotLike', team, '*', undefined, true],
    ],
  },
  {
    subject: 'Condition: string',
    page: 'IAM JSON policy elements: Condition',
    sentence: 'Condition key names are not case-sensitive.',
    rows: [
      ['StringEquals', 'AWS:PRINCIPALTAG/TEAM', 'finance', 'finance', true],
      ['StringEquals', 'aws:principaltag/team', 'finance', 'finance', true],
      ['StringEquals', 'aws:PrincipalTag/teams', 'finance', undefined, false],
    ],
  },
  {
    subject: 'Condition: numeric',
    page: operators,
    sentence: 'NumericEquals: Matching',
    rows: [
      ['NumericEquals', size, '10', '10', true],
      ['NumericEquals', size, '10', '10.0', true],
      ['NumericEquals', size, '10', '11', false],
      ['NumericEquals', size, '-1', '-1', true],
      ['NumericEquals', size, '10', 'ten', false],
      ['NumericEquals', size, '10', undefined, false],
    ],
  },
  {
    subject: 'Condition: numeric',
    page: operators,
    sentence: 'NumericNotEquals: Negated matching',
    rows: [
      ['NumericNotEquals', size, '10', '10', false],
      ['NumericNotEquals', size, '10', '11', true],
      ['NumericNotEquals', size, '10', undefined, true],
    ],
  },
  {
    subject: 'Condition: numeric',
    page: operators,
    sentence: 'NumericLessThan: "Less than" matching',
    rows: [
      ['NumericLessThan', 's3:TlsVersion', '1.2', '1.1', true],
      ['NumericLessThan', 's3:TlsVersion', '1.2', '1.2', false],
      ['NumericLessThan', 's3:TlsVersion', '1.2', '1.3', false],
      ['NumericLessThan', size, '10', '9', true],
      ['NumericLessThan', size, '10', undefined, false],
    ],
  },
  {
    subject: 'Condition: numeric',
    page: operators,
    sentence: 'NumericLessThanEquals: "Less than or equals" matching',
    rows: [
      ['NumericLessThanEquals', size, '10', '10', true],
      ['NumericLessThanEquals', size, '10', '11', false],
      ['NumericLessThanEquals', size, '10', '100', false],
      ['NumericLessThanEquals', size, '10', undefined, false],
    ],
  },
  {
    subject: 'Condition: numeric',
    page: operators,
    sentence: 'NumericGreaterThan: "Greater than" matching',
    rows: [
      ['NumericGreaterThan', size, '10', '11', true],
      ['NumericGreaterThan', size, '10', '10', false],
      ['NumericGreaterThan', size, '10', undefined, false],
    ],
  },
  {
    subject: 'Condition: numeric',
    page: operators,
    sentence: 'NumericGreaterThanEquals: "Greater than or equals" matching',
    rows: [
      ['NumericGreaterThanEquals', size, '10', '10', true],
      ['NumericGreaterThanEquals', size, '10', '9.99', false],
      ['NumericGreaterThanEquals', size, '10', undefined, false],
    ],
  },
  {
    subject: 'Condition: date',
    page: operators,
    sentence: 'DateEquals: Matching a specific date',
    rows: [
      ['DateEquals', now, '2026-04-01T00:00:00Z', '2026-04-01T00:00:00Z', true],
      ['DateEquals', now, '2026-04-01T00:00:00Z', '2026-04-01T09:00:00+09:00', true],
      ['DateEquals', now, '2026-04-01T00:00:00Z', '2026-04-01T00:00:01Z', false],
      ['DateEquals', now, '2026-04-01T00:00:00Z', undefined, false],
      ['DateEquals', now, '2026-04-01T00:00:00Z', 'tomorrow', false],
    ],
  },
  {
    subject: 'Condition: date',
    page: operators,
    sentence: 'DateNotEquals: Negated matching',
    rows: [
      ['DateNotEquals', now, '2026-04-01T00:00:00Z', '2026-04-01T00:00:00Z', false],
      ['DateNotEquals', now, '2026-04-01T00:00:00Z', '2026-04-02T00:00:00Z', true],
      ['DateNotEquals', now, '2026-04-01T00:00:00Z', undefined, true],
    ],
  },
  {
    subject: 'Condition: date',
    page: operators,
    sentence: 'DateLessThan: Matching before a specific date and time',
    rows: [
      ['DateLessThan', now, '2026-06-30T23:59:59Z', '2026-06-30T23:59:58Z', true],
      ['DateLessThan', now, '2026-06-30T23:59:59Z', '2026-06-30T23:59:59Z', false],
      ['DateLessThan', now, '2026-06-30T23:59:59Z', '2026-07-01T00:00:00Z', false],
      ['DateLessThan', now, '2026-06-30', '2026-06-29T23:59:59Z', true],
      ['DateLessThan', now, '2026', '2025-12-31T23:59:59Z', true],
      ['DateLessThan', now, '2026-06-30T23:59:59Z', undefined, false],
    ],
  },
  {
    subject: 'Condition: date',
    page: operators,
    sentence: 'DateLessThanEquals: Matching at or before a specific date and time',
    rows: [
      ['DateLessThanEquals', now, '2026-06-30T23:59:59Z', '2026-06-30T23:59:59Z', true],
      ['DateLessThanEquals', now, '2026-06-30T23:59:59Z', '2026-07-01T00:00:00Z', false],
    ],
  },
  {
    subject: 'Condition: date',
    page: operators,
    sentence: 'DateGreaterThan: Matching after a specific a date and time',
    rows: [
      ['DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z', '2026-01-01T00:00:00Z', true],
      ['DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z', '2020-01-01T00:00:01Z', false],
      ['DateGreaterThan', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z', undefined, false],
    ],
  },
  {
    subject: 'Condition: date',
    page: operators,
    sentence: 'DateGreaterThanEquals: Matching at or after a specific date and time',
    rows: [
      ['DateGreaterThanEquals', now, '2026-04-01T00:00:00Z', '2026-04-01T00:00:00Z', true],
      ['DateGreaterThanEquals', now, '2026-04-01T00:00:00Z', '2026-03-31T23:59:59Z', false],
    ],
  },
  {
    subject: 'Condition: date',
    page: operators,
    sentence:
      'You must specify date/time values with one of the W3C implementations of the ISO 8601 date formats or in epoch (UNIX) time.',
    rows: [
      ['DateLessThan', 'aws:EpochTime', '1775001600', '1775001599', true],
      ['DateLessThan', 'aws:EpochTime', '1775001600', '1775001600', false],
      ['DateEquals', now, '2026-04-01T00:00:00Z', '1775001600', true],
      ['DateEquals', now, '2026-04-01T00:00Z', '2026-04-01T00:00:00.000Z', true],
    ],
  },
  {
    subject: 'Condition: Bool',
    page: operators,
    sentence: 'Bool: Boolean matching',
    rows: [
      ['Bool', 'aws:SecureTransport', 'false', 'false', true],
      ['Bool', 'aws:SecureTransport', 'false', 'true', false],
      ['Bool', 'aws:SecureTransport', 'true', 'true', true],
      ['Bool', 'aws:SecureTransport', 'True', 'true', true],
      ['Bool', 'aws:SecureTransport', ['true', 'false'], 'false', true],
    ],
  },
  {
    subject: 'Condition: Bool',
    page: operators,
    sentence:
      'If the key that you specify in a policy condition is not present in the request context, the values do not match.',
    rows: [
      ['Bool', 'aws:MultiFactorAuthPresent', 'true', undefined, false],
      ['Bool', 'aws:MultiFactorAuthPresent', 'false', undefined, false],
    ],
  },
  {
    subject: 'Condition: binary',
    page: operators,
    sentence:
      'It compares the value of the specified key byte for byte against a base-64 encoded representation of the binary value in the policy.',
    rows: [
      ['BinaryEquals', 'key', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', true],
      ['BinaryEquals', 'key', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA', true],
      ['BinaryEquals', 'key', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'qmluYXJ5VmFsdWVJbkJhc2U2NA==', false],
      ['BinaryEquals', 'key', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', undefined, false],
    ],
  },
  {
    subject: 'Condition: IP address',
    page: operators,
    sentence: 'IpAddress: The specified IP address or range',
    rows: [
      ['IpAddress', ip, '203.0.113.0/24', '203.0.113.0', true],
      ['IpAddress', ip, '203.0.113.0/24', '203.0.113.255', true],
      ['IpAddress', ip, '203.0.113.0/24', '203.0.114.0', false],
      ['IpAddress', ip, '203.0.113.0/24', '203.0.112.255', false],
      ['IpAddress', ip, '0.0.0.0/0', '198.51.100.1', true],
      ['IpAddress', ip, '203.0.113.128/25', '203.0.113.127', false],
      ['IpAddress', ip, '203.0.113.128/25', '203.0.113.128', true],
      ['IpAddress', ip, '203.0.113.77/24', '203.0.113.1', true],
    ],
  },
  {
    subject: 'Condition: IP address',
    page: operators,
    sentence:
      'If you specify an IP address without the associated routing prefix, IAM uses the default prefix value of /32.',
    rows: [
      ['IpAddress', ip, '203.0.113.5', '203.0.113.5', true],
      ['IpAddress', ip, '203.0.113.5', '203.0.113.6', false],
      ['IpAddress', ip, '2001:db8::5', '2001:db8::5', true],
      ['IpAddress', ip, '2001:db8::5', '2001:db8::6', false],
    ],
  },
  {
    subject: 'Condition: IP address',
    page: operators,
    sentence: 'The value must be in the standard CIDR format (for example, 203.0.113.0/24 or 2001:DB8:1234:5678::/64).',
    rows: [
      ['IpAddress', ip, '2001:DB8:1234:5678::/64', '2001:db8:1234:5678::1', true],
      ['IpAddress', ip, '2001:DB8:1234:5678::/64', '2001:db8:1234:5678:ffff:ffff:ffff:ffff', true],
      ['IpAddress', ip, '2001:DB8:1234:5678::/64', '2001:db8:1234:5679::1', false],
      ['IpAddress', ip, '2001:DB8:1234:5678::/64', '203.0.113.5', false],
      ['IpAddress', ip, '203.0.113.0/24', '2001:db8:1234:5678::1', false],
      ['IpAddress', ip, ['203.0.113.0/24', '2001:DB8:1234:5678::/64'], '2001:db8:1234:5678::1', true],
      ['IpAddress', ip, ['203.0.113.0/24', '2001:DB8:1234:5678::/64'], '198.51.100.7', false],
      ['IpAddress', ip, '::/0', '::1', true],
    ],
  },
  {
    subject: 'Condition: IP address',
    page: operators,
    sentence: 'NotIpAddress: All IP addresses except the specified IP address or range',
    rows: [
      ['NotIpAddress', ip, '203.0.113.0/24', '203.0.113.9', false],
      ['NotIpAddress', ip, '203.0.113.0/24', '198.51.100.7', true],
      ['NotIpAddress', ip, ['203.0.113.0/24', '198.51.100.0/24'], '198.51.100.7', false],
      ['NotIpAddress', ip, '203.0.113.0/24', '2001:db8::1', true],
    ],
  },
  {
    subject: 'Condition: IP address',
    page: operators,
    sentence:
      'The aws:SourceIp key is always present in the request context, except when the requester uses a VPC endpoint to make the request.',
    rows: [
      ['IpAddress', ip, '203.0.113.0/24', undefined, false],
      ['IpAddress', ip, '0.0.0.0/0', undefined, false],
      ['NotIpAddress', ip, '203.0.113.0/24', undefined, true],
    ],
  },
  {
    subject: 'Condition: ARN',
    page: operators,
    sentence:
      'Each of the six colon-delimited components of the ARN is checked separately and each can include multi-character match wildcards (*) or single-character match wildcards (?).',
    rows: [
      ['ArnLike', arn, topic, topic, true],
      ['ArnLike', arn, 'arn:aws:sns:*:111122223333:topic', topic, true],
      ['ArnLike', arn, 'arn:aws:sns:*:111122223333:other', topic, false],
      ['ArnLike', arn, 'arn:aws:sns:us-east-?:*:t*', topic, true],
      ['ArnLike', arn, 'arn:aws:sns:us-east-2:111122223333:Topic', topic, false],
      ['ArnLike', arn, 'arn:aws:sns:*', topic, true],
      ['ArnLike', arn, 'arn:aws:sqs:*:*:*', topic, false],
      ['ArnLike', arn, 'arn:*:sns:*:111122223333:topic', topic, true],
      [
        'ArnLike',
        arn,
        'arn:aws:someservice:*:111122223333:finance/*',
        'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
        false,
      ],
      ['ArnLike', arn, 'arn:aws:sns:*:*:topic:*', 'arn:aws:sns:us-east-2:111122223333:topic:a:b', true],
      ['ArnLike', arn, topic, 'topic', false],
      ['ArnLike', arn, topic, undefined, false],
    ],
  },
  {
    subject: 'Condition: ARN',
    page: operators,
    sentence: 'There are certain cases when a string operator would match when an ARN operator would not match.',
    rows: [
      [
        'StringLike',
        arn,
        'arn:aws:someservice:*:111122223333:finance/*',
        'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt',
        true,
      ],
      ['StringEquals', arn, 'arn:aws:sns:*:111122223333:topic', topic, false],
    ],
  },
  {
    subject: 'Condition: ARN',
    page: operators,
    sentence: 'The ArnEquals and ArnLike condition operators behave identically.',
    rows: [
      ['ArnEquals', arn, 'arn:aws:sns:*:111122223333:topic', topic, true],
      ['ArnEquals', arn, 'arn:aws:sns:us-east-2:111122223333:topics', topic, false],
      ['ArnEquals', arn, topic, undefined, false],
    ],
  },
  {
    subject: 'Condition: ARN',
    page: operators,
    sentence: 'The ArnNotEquals and ArnNotLike condition operators behave identically.',
    rows: [
      ['ArnNotEquals', arn, 'arn:aws:sns:*:111122223333:topic', topic, false],
      ['ArnNotLike', arn, 'arn:aws:sns:*:111122223333:topic', topic, false],
      ['ArnNotEquals', arn, 'arn:aws:sns:*:111122223333:other', topic, true],
      ['ArnNotLike', arn, 'arn:aws:sns:*:111122223333:other', topic, true],
      ['ArnNotEquals', arn, topic, undefined, true],
      ['ArnNotLike', arn, topic, undefined, true],
    ],
  },
  {
    subject: 'Condition: Null',
    page: operators,
    sentence:
      "In the policy statement, use either true (the key doesn't exist — it is null) or false (the key exists and its value is not null).",
    rows: [
      ['Null', 'aws:TokenIssueTime', 'true', undefined, true],
      ['Null', 'aws:TokenIssueTime', 'true', '2026-01-01T00:00:00Z', false],
      ['Null', 'aws:TokenIssueTime', 'false', '2026-01-01T00:00:00Z', true],
      ['Null', 'aws:TokenIssueTime', 'false', undefined, false],
      ['Null', 's3:x-amz-server-side-encryption', 'true', undefined, true],
      ['Null', 's3:x-amz-server-side-encryption', 'true', 'aws:kms', false],
      ['Null', 'aws:TokenIssueTime', 'true', [], true],
    ],
  },
  {
    subject: 'Condition: IfExists',
    page: operators,
    sentence:
      'If the policy key is present in the context of the request, process the key as specified in the policy. If the key is not present, evaluate the condition element as true.',
    rows: [
      ['StringLikeIfExists', 'ec2:InstanceType', ['t1.*', 't2.*', 'm3.*'], 't2.micro', true],
      ['StringLikeIfExists', 'ec2:InstanceType', ['t1.*', 't2.*', 'm3.*'], 'p5.48xlarge', false],
      ['StringLikeIfExists', 'ec2:InstanceType', ['t1.*', 't2.*', 'm3.*'], undefined, true],
      ['StringEqualsIfExists', team, 'finance', undefined, true],
      ['StringEqualsIfExists', team, 'finance', 'audit', false],
      ['StringNotEqualsIfExists', team, 'finance', undefined, true],
      ['StringNotEqualsIfExists', team, 'finance', 'finance', false],
      ['StringEqualsIgnoreCaseIfExists', team, 'finance', 'FINANCE', true],
      ['NumericLessThanIfExists', size, '10', undefined, true],
      ['NumericLessThanIfExists', size, '10', '10', false],
      ['DateGreaterThanIfExists', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z', undefined, true],
      ['DateGreaterThanIfExists', 'aws:TokenIssueTime', '2020-01-01T00:00:01Z', '2019-01-01T00:00:00Z', false],
      ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', undefined, true],
      ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false', 'true', false],
      ['BinaryEqualsIfExists', 'key', 'QQ==', undefined, true],
      ['BinaryEqualsIfExists', 'key', 'QQ==', 'Qg==', false],
      ['IpAddressIfExists', ip, '203.0.113.0/24', undefined, true],
      ['IpAddressIfExists', ip, '203.0.113.0/24', '198.51.100.7', false],
      ['NotIpAddressIfExists', ip, '203.0.113.0/24', undefined, true],
      ['NotIpAddressIfExists', ip, '203.0.113.0/24', '203.0.113.7', false],
      ['ArnLikeIfExists', arn, topic, undefined, true],
      ['ArnEqualsIfExists', arn, topic, 'arn:aws:sns:us-east-2:111122223333:other', false],
    ],
  },
  {
    subject: 'Condition: set operators',
    page: sets,
    sentence: 'The condition returns true if every key value in the request matches at least one value in the policy.',
    rows: [
      ['ForAllValues:StringEquals', tags, ['team', 'cost'], ['team'], true],
      ['ForAllValues:StringEquals', tags, ['team', 'cost'], ['team', 'cost'], true],
      ['ForAllValues:StringEquals', tags, ['team', 'cost'], ['team', 'owner'], false],
      ['ForAllValues:StringEquals', tags, ['team', 'cost'], ['owner'], false],
      ['ForAllValues:StringLike', tags, ['te*'], ['team', 'tenant'], true],
      ['ForAllValues:StringLike', tags, ['te*'], ['team', 'Tenant'], false],
      ['ForAllValues:StringNotEquals', tags, ['team'], ['owner', 'cost'], true],
      ['ForAllValues:StringNotEquals', tags, ['team'], ['owner', 'team'], false],
      ['ForAllValues:ArnLike', arn, ['arn:aws:sns:*:*:*'], [topic], true],
    ],
  },
  {
    subject: 'Condition: set operators',
    page: sets,
    sentence:
      'It also returns true if there are no keys in the request, or if the key values resolve to a null data set, such as an empty string.',
    rows: [
      ['ForAllValues:StringEquals', tags, ['team'], undefined, true],
      ['ForAllValues:StringEquals', tags, ['team'], [], true],
      ['ForAllValues:StringEquals', tags, ['team'], '', true],
      ['ForAllValues:StringNotEquals', tags, ['team'], undefined, true],
      ['ForAllValues:StringLike', tags, ['x*'], undefined, true],
    ],
  },
  {
    subject: 'Condition: set operators',
    page: sets,
    sentence:
      'The condition returns true if any one of the key values in the request matches any one of the condition values in the policy.',
    rows: [
      ['ForAnyValue:StringEquals', tags, ['team', 'cost'], ['owner', 'cost'], true],
      ['ForAnyValue:StringEquals', tags, ['team', 'cost'], ['owner'], false],
      ['ForAnyValue:StringEquals', tags, ['team', 'cost'], 'team', true],
      ['ForAnyValue:StringLike', tags, ['te*'], ['owner', 'team'], true],
      ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', ['o-a1b2/r-ab12/*'], ['o-a1b2/r-ab12/ou-1/'], true],
      ['ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', ['o-a1b2/r-ab12/*'], ['o-zzzz/r-ab12/ou-1/'], false],
      ['ForAnyValue:StringNotEquals', tags, ['team'], ['team', 'owner'], true],
      ['ForAnyValue:StringNotEquals', tags, ['team'], ['team'], false],
    ],
  },
  {
    subject: 'Condition: set operators',
    page: sets,
    sentence: 'For no matching key or a null dataset, the condition returns false.',
    rows: [
      ['ForAnyValue:StringEquals', tags, ['team'], undefined, false],
      ['ForAnyValue:StringEquals', tags, ['team'], [], false],
      ['ForAnyValue:StringEquals', tags, ['team'], '', false],
      ['ForAnyValue:StringNotEquals', tags, ['team'], undefined, false],
      ['ForAnyValue:StringLike', tags, ['*'], undefined, false],
    ],
  },
  {
    subject: 'Condition: several keys and values',
    page: several,
    sentence:
      'If a single condition operator includes multiple values for a context key, those values are evaluated using a logical OR.',
    rows: [
      ['StringEquals', team, ['finance', 'hr', 'legal'], 'hr', true],
      ['StringEquals', team, ['finance', 'hr', 'legal'], 'audit', false],
      ['StringLike', team, ['fin*', 'h?'], 'hr', true],
      ['NumericEquals', size, ['10', '20'], '20', true],
      ['ArnLike', arn, ['arn:aws:sqs:*:*:*', 'arn:aws:sns:*:*:*'], topic, true],
      ['DateEquals', now, ['2026-04-01', '2026-04-02'], '2026-04-02T00:00:00Z', true],
    ],
  },
  {
    subject: 'Condition: several keys and values',
    page: several,
    sentence:
      'If a single negated matching condition operator includes multiple values for a context key, those values are evaluated using a logical NOR.',
    rows: [
      ['StringNotEquals', team, ['finance', 'hr'], 'hr', false],
      ['StringNotEquals', team, ['finance', 'hr'], 'audit', true],
      ['StringNotLike', team, ['fin*', 'hr'], 'finance', false],
      ['StringNotLike', team, ['fin*', 'hr'], 'legal', true],
      ['NumericNotEquals', size, ['10', '20'], '20', false],
      ['ArnNotEquals', arn, ['arn:aws:sqs:*:*:*', 'arn:aws:sns:*:*:*'], topic, false],
    ],
  },
];

/** Several operators or keys at once: each of them has to be met. */
const blocks: readonly [Statement['Condition'], Readonly<Record<string, string>>, boolean][] = [
  [
    { StringEquals: { [team]: 'hr', 'aws:PrincipalTag/role': 'audit' } },
    { [team]: 'hr', 'aws:PrincipalTag/role': 'audit' },
    true,
  ],
  [
    { StringEquals: { [team]: 'hr', 'aws:PrincipalTag/role': 'audit' } },
    { [team]: 'hr', 'aws:PrincipalTag/role': 'dev' },
    false,
  ],
  [{ StringEquals: { [team]: 'hr', 'aws:PrincipalTag/role': 'audit' } }, { [team]: 'hr' }, false],
  [
    { StringEquals: { [team]: 'hr' }, Bool: { 'aws:SecureTransport': 'true' } },
    { [team]: 'hr', 'aws:SecureTransport': 'true' },
    true,
  ],
  [
    { StringEquals: { [team]: 'hr' }, Bool: { 'aws:SecureTransport': 'true' } },
    { [team]: 'hr', 'aws:SecureTransport': 'false' },
    false,
  ],
  [
    { DateGreaterThan: { [now]: '2026-04-01' }, DateLessThan: { [now]: '2026-07-01' } },
    { [now]: '2026-05-01T00:00:00Z' },
    true,
  ],
  [
    { DateGreaterThan: { [now]: '2026-04-01' }, DateLessThan: { [now]: '2026-07-01' } },
    { [now]: '2026-08-01T00:00:00Z' },
    false,
  ],
  [{ Null: { [team]: 'false' }, StringNotEquals: { [team]: 'hr' } }, { [team]: 'dev' }, true],
  [{ Null: { [team]: 'false' }, StringNotEquals: { [team]: 'hr' } }, {}, false],
];

export const conditionCases: DocumentedCase[] = [
  ...groups.flatMap(({ subject, page, sentence, rows }) =>
    rows.flatMap(([operator, key, policy, request, isMatch]) =>
      bothEffects(
        {
          subject,
          page,
          sentence,
          what: `${operator} ${key} ${JSON.stringify(policy)}, asked with ${JSON.stringify(request) ?? 'nothing'}`,
          request: { ...readObject, context: request === undefined ? {} : { [key]: request } },
        },
        { Action: '*', Resource: '*', Condition: { [operator]: { [key]: policy } } },
        isMatch,
      ),
    ),
  ),
  ...blocks.flatMap(([Condition, context, isMatch]) =>
    bothEffects(
      {
        subject: 'Condition: several keys and values',
        page: several,
        sentence:
          'If your policy statement has multiple context keys attached to a single condition operator, the context keys are evaluated using a logical AND.',
        what: `${JSON.stringify(Condition)}, asked with ${JSON.stringify(context)}`,
        request: { ...readObject, context },
      },
      { Action: '*', Resource: '*', ...(Condition ? { Condition } : {}) },
      isMatch,
    ),
  ),
];
