import { z } from 'zod';

const environment = z.object({
  PORT: z.coerce.number().int().min(1).max(65_535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: z.url(),
  AUTH_DATABASE_URL: z.url(),
  /** Signs session cookies. At least 32 characters, the same in every process. */
  AUTH_SECRET: z.string().min(32),
  /**
   * Keys that receipts are signed with, as files: see `loadReceiptKeys` of packages/receipts. The same in every process, and kept: receipts
   * stay genuine as long as their key is published.
   */
  RECEIPT_KEYS_FOLDER: z.string().min(1),
  /** Where people reach the portal: the only origin whose requests are taken. */
  PORTAL_URL: z.url(),
  /**
   * Whose `X-Forwarded-For` is believed, as addresses, CIDRs or `loopback`, `linklocal`, `uniquelocal`, separated by commas:
   * the portal and the load balancers before it. Sign-in attempts are counted by the address found so.
   */
  TRUSTED_PROXIES: z.string().default('loopback'),
  /** How long an open stream may outlive the session, or the membership, of who opened it. */
  SESSION_CHECK_SECONDS: z.coerce.number().min(0.1).max(300).default(15),
  /** What one API token may ask for in a minute, of this process. */
  TOKEN_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(600),
  /** How many wrong API tokens one address may bring in a minute before it is told to wait. */
  WRONG_TOKENS_PER_MINUTE: z.coerce.number().int().min(1).default(60),
  /** How often parts of uploads that ended are looked for in S3, and dropped. */
  SWEEP_PARTS_SECONDS: z.coerce.number().min(0.1).max(3_600).default(60),
  S3_BUCKET: z.string().min(3),
  AWS_REGION: z.string().default('ap-northeast-1'),
  S3_ENDPOINT: z.url().optional(),
  S3_FORCE_PATH_STYLE: z.stringbool().default(false),
  /** Where browsers reach the bucket, if not where we do (a VPC endpoint, an accelerated or custom domain). */
  S3_BROWSER_ENDPOINT: z.url().optional(),
  SMTP_URL: z.url(),
  MAIL_FROM: z.string().default('Hikyaku <no-reply@hikyaku.invalid>'),
});

export type Environment = z.infer<typeof environment>;

/** The only place that reads `process.env`. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new Error(`The api's environment is not complete:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
