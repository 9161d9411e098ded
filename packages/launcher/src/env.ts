import { join, resolve } from 'node:path';
import { type PortName, portNames, portVariables } from '@hikyaku/local-cloud';
import { z } from 'zod';
import { LauncherError } from './launcher-error.ts';
import { defaultDataFolder } from './paths.ts';

const port = z.coerce.number().int().min(1).max(65_535);

const environment = z.object({
  HIKYAKU_DATA_FOLDER: z
    .string()
    .default(defaultDataFolder)
    .transform((folder) => resolve(folder)),
  HIKYAKU_PORTAL_PORT: port.default(3000),
  HIKYAKU_API_PORT: port.default(4000),
  /** Where the portal is built to and served from, within apps/portal. */
  HIKYAKU_PORTAL_BUILD: z.enum(['.next', '.next-test']).default('.next'),
  HIKYAKU_NO_APT: z.stringbool().default(false),
  /** Where the private parts of organizations' keys lie; `keys` in the data folder by default. */
  KEYS_FOLDER: z.string().optional(),
  /** Where the keys lie that receipts are signed with; `receipt-keys` in the data folder by default, with a key made at the first start. */
  RECEIPT_KEYS_FOLDER: z.string().optional(),
  // Parts that run elsewhere. Where one is set, nothing is started in its place.
  DATABASE_OWNER_URL: z.url().optional(),
  DATABASE_URL: z.url().optional(),
  AUTH_DATABASE_URL: z.url().optional(),
  JOBS_DATABASE_URL: z.url().optional(),
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: z.url().optional(),
  SQS_QUEUE_URL: z.url().optional(),
  SMTP_URL: z.url().optional(),
  // A choice: without it jobs wait in PostgreSQL, and nothing is cached.
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
});

export interface LauncherEnvironment extends z.infer<typeof environment> {
  partPorts: Partial<Record<PortName, number>>;
  keysFolder: string;
}

/** The only place of the launcher that reads `process.env`. @throws LauncherError naming each wrong variable */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): LauncherEnvironment {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) throw new LauncherError(`Some variables can't be used:\n${z.prettifyError(parsed.error)}`);
  const partPorts: Partial<Record<PortName, number>> = {};
  for (const name of portNames) {
    const variable = portVariables[name];
    const value = variables[variable];
    if (value === undefined) continue;
    const number = port.safeParse(value);
    if (!number.success) throw new LauncherError(`${variable} must be a port from 1 to 65535, not "${value}".`);
    partPorts[name] = number.data;
  }
  const keysFolder = parsed.data.KEYS_FOLDER ?? join(parsed.data.HIKYAKU_DATA_FOLDER, 'keys');
  return { ...parsed.data, partPorts, keysFolder };
}
