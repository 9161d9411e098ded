import { type CloudAccount, type CreateAccountOptions, createCloudAccount } from './account/cloud-account.ts';
import { createDatabase, dropDatabase, superuserUrl } from './account/create-database.ts';
import type { LocalCloudAddresses } from './addresses.ts';
import { LocalCloudError } from './local-cloud-error.ts';
import { type CaughtMail, listCaughtMails } from './mail-catcher/caught-mail.ts';
import type { S3Address } from './rados-gateway/rados-gateway.ts';

/** A local cloud as its users see it, in whichever process they are. */
export interface AttachedCloud {
  /** Plain data to hand to another process; holds secrets. */
  addresses: LocalCloudAddresses;
  s3?: S3Address;
  postgres?: { port: number; superuserUrl(database?: string): string };
  sqs?: { endpoint: string; region: string };
  redis?: { url: string };
  mail?: { smtpUrl: string; mailFolder: string; list(): Promise<CaughtMail[]> };
  /** Idempotent. Needs the parts s3, sqs and events. */
  createAccount(options: CreateAccountOptions): Promise<CloudAccount>;
  /** Idempotent; resolves to the superuser's URL of the database. */
  createDatabase(name: string): Promise<string>;
  /** Cuts whoever is still connected. */
  dropDatabase(name: string): Promise<void>;
}

export function attachLocalCloud(addresses: LocalCloudAddresses): AttachedCloud {
  const { s3, postgres, sqs, mail, redis } = addresses;
  const needPostgres = () => {
    if (postgres !== undefined) return postgres;
    throw new LocalCloudError(
      'part-missing',
      'A database needs the part postgres, which this local cloud does not run.',
      {
        part: 'postgres',
      },
    );
  };
  return {
    addresses,
    ...(s3 && { s3 }),
    ...(postgres && {
      postgres: { port: postgres.port, superuserUrl: (database?: string) => superuserUrl(postgres, database) },
    }),
    ...(sqs && { sqs }),
    ...(redis && { redis }),
    ...(mail && { mail: { ...mail, list: () => listCaughtMails(mail.mailFolder) } }),
    createAccount: (options) => createCloudAccount(addresses, options),
    createDatabase: async (name) => createDatabase(needPostgres(), name),
    dropDatabase: async (name) => dropDatabase(needPostgres(), name),
  };
}
