import { parseIpRange } from '../conditions/ip-range.ts';
import type { ConditionElement, Policy, PolicyStatement } from '../policy/policy.ts';

/**
 * Whether S3 calls a bucket policy public: it grants something to more than fixed principals, networks or sources.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublicPolicy(policy: Policy): boolean {
  return policy.statements.some((statement) => statement.effect === 'Allow' && isPublicStatement(statement));
}

function isPublicStatement({ principals, conditions }: PolicyStatement): boolean {
  if (!principals) return false;
  const isFixed =
    !principals.isNegated && principals.values.every(({ type, value }) => type !== 'Federated' && !isOpen(value));
  return !isFixed && !conditions.some(narrows);
}

const narrowingKeys = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourcearn',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:sourceip',
  'aws:userid',
  's3:x-amz-server-side-encryption-aws-kms-key-id',
  's3:dataaccesspointarn',
  's3:dataaccesspointaccount',
]);

function narrows({ operator, key, values }: ConditionElement): boolean {
  const name = key.toLowerCase();
  // A missing key would let everybody in again.
  if (!narrowingKeys.has(name) || operator.isNegated || operator.ifExists || operator.set === 'ForAllValues')
    return false;
  if (name === 'aws:sourceip')
    return operator.comparison === 'IpAddress' && values.every(({ value }) => isNarrowRange(value));
  if (operator.comparison === 'Null') return false;
  if (name === 's3:dataaccesspointarn') return values.every(({ value }) => /^arn:[^:*]*:s3:[^:]*:\d{12}:/.test(value));
  return values.every(({ value }) => !isOpen(value));
}

/** Has a wildcard or a variable. */
function isOpen(value: string): boolean {
  return /[*?]|\$\{/.test(value);
}

/** Ranges wider than /8 (IPv6: /32) count as everybody. */
function isNarrowRange(value: string): boolean {
  const range = parseIpRange(value);
  return range !== undefined && range.prefixLength >= (range.width === 32 ? 8 : 32);
}
