import { z } from 'zod';

const variablesOfTheWorker = z.object({
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: z.url(),
  /** Where jobs wait, unless `REDIS_URL` is set. */
  JOBS_DATABASE_URL: z.url().optional(),
  /** A Redis or Valkey for the jobs, which need not keep anything over a restart. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  SQS_QUEUE_URL: z.url(),
  /** How long a received message stays with this process; recording takes milliseconds, a dead worker's come back after it. */
  VISIBILITY_TIMEOUT_SECONDS: z.coerce.number().int().min(1).max(43_200).default(30),
  /** Whose versions below `incoming/` are compared with the ledger. */
  S3_BUCKET: z.string().min(3),
  AWS_REGION: z.string().default('ap-northeast-1'),
  S3_ENDPOINT: z.url().optional(),
  S3_FORCE_PATH_STYLE: z.stringbool().default(false),
  /** Files taken in at the same time by this process; each holds two database connections and a few MiB. */
  INGEST_CONCURRENCY: z.coerce.number().int().min(1).max(32).default(2),
  /** How long a worker that says nothing keeps a file. Renewed at a third of it. */
  CLAIM_SECONDS: z.coerce.number().int().min(2).max(600).default(30),
  /** How often arrivals that should be moving and aren't are looked for. */
  SWEEP_SECONDS: z.coerce.number().int().min(1).max(60).default(5),
  /** From the end of one comparison of all versions with the ledger to the next, by whichever worker. */
  RECONCILE_SECONDS: z.coerce.number().int().min(1).max(86_400).default(900),
  /** How young an object may be to be left to its event. */
  RECONCILE_GRACE_SECONDS: z.coerce.number().int().min(0).max(86_400).default(300),
  /** Tries before a file waits for a person. */
  MOST_ATTEMPTS: z.coerce.number().int().min(1).max(50).default(8),
  /** First wait after a failure; doubled each time, at most an hour. */
  RETRY_SECONDS: z.coerce.number().int().min(1).max(3_600).default(10),
  /** Where the private parts of the organizations' keys lie, readable by this user alone. Without it no encrypted file is taken in. */
  KEYS_FOLDER: z.string().min(1).optional(),
  /**
   * How long S3, SQS and PostgreSQL may say nothing before a connection to them is given up; not one on which a run works, which
   * ends with its claim.
   */
  SILENCE_SECONDS: z.coerce.number().int().min(1).max(600).default(30),
  /** What a stop grants to files in work before they are given back. */
  STOP_GRACE_SECONDS: z.coerce.number().int().min(0).max(600).default(20),
});

const environment = variablesOfTheWorker.transform(({ JOBS_DATABASE_URL, REDIS_URL, ...rest }, context) => {
  const queueUrl = REDIS_URL ?? JOBS_DATABASE_URL;
  if (!queueUrl) context.addIssue({ code: 'custom', message: 'Set REDIS_URL, or JOBS_DATABASE_URL.' });
  return { ...rest, queueUrl: queueUrl ?? '' };
});

export type Environment = z.infer<typeof environment>;

/** The only place that reads `process.env`. */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new Error(`The worker's environment is not complete:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
