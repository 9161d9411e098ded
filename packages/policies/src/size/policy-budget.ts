import type { Policy } from '../policy/policy.ts';
import { minify } from './minify.ts';

const iamQuotas = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html';
const organizations = 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html';

/**
 * How long policies may be, by what they are attached to. IAM counts characters without white space, over all inline policies
 * of one user, group or role together; a VPC endpoint counts white space too, which a minified text hasn't.
 */
export const policyQuotas = {
  managed: { limit: 6_144, unit: 'characters', source: iamQuotas },
  'user-inline': { limit: 2_048, unit: 'characters', source: iamQuotas },
  'group-inline': { limit: 5_120, unit: 'characters', source: iamQuotas },
  'role-inline': { limit: 10_240, unit: 'characters', source: iamQuotas },
  /** May be raised to 4,096. */
  trust: { limit: 2_048, unit: 'characters', source: iamQuotas },
  session: { limit: 2_048, unit: 'characters', source: iamQuotas },
  bucket: {
    limit: 20 * 1024,
    unit: 'bytes',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html',
  },
  queue: {
    limit: 8_192,
    unit: 'bytes',
    source: 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html',
  },
  key: {
    limit: 32_768,
    unit: 'bytes',
    source: 'https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html',
  },
  endpoint: {
    limit: 20_480,
    unit: 'characters',
    source: 'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
  },
  scp: { limit: 5_120, unit: 'characters', source: organizations },
  rcp: { limit: 5_120, unit: 'characters', source: organizations },
} as const satisfies Record<string, { limit: number; unit: 'characters' | 'bytes'; source: string }>;
export type PolicyQuota = keyof typeof policyQuotas;

export interface PolicyBudget {
  unit: 'characters' | 'bytes';
  used: number;
  limit: number;
  /** Negative where it is too long. */
  left: number;
  fits: boolean;
}

/** What policies take of what they may, together: several inline policies of a role share one budget. */
export function budget(policies: readonly Policy[], quota: PolicyQuota): PolicyBudget {
  const { limit, unit } = policyQuotas[quota];
  const texts = policies.map(minify);
  const used = texts.reduce((sum, text) => sum + (unit === 'bytes' ? byteLength(text) : text.length), 0);
  return { unit, used, limit, left: limit - used, fits: used <= limit };
}

/** In UTF-8; without Buffer, which browsers haven't. */
function byteLength(text: string): number {
  let bytes = 0;
  for (const sign of text) {
    const point = sign.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x1_0000 ? 3 : 4;
  }
  return bytes;
}
