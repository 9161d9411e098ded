import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testAccount, testCloud } from '@hikyaku/local-cloud/testing';
import { makeReceiptKey } from '@hikyaku/receipts/issue';
import { createLogger } from '@hikyaku/telemetry';
import { vi } from 'vitest';
import type { Environment } from '../src/env.ts';
import { type Api, startApi } from '../src/start-api.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import { type TestPerson, type TestWorld, testWorld } from './test-world.ts';

export interface TestApi extends TestWorld {
  environment: Environment;
  url: string;
  account: Awaited<ReturnType<typeof testAccount>>;
  /** A browser without a session. */
  visitor(): ApiClient;
  /** A browser of somebody who signed in. */
  signIn(person: TestPerson): Promise<ApiClient>;
  /** Another process on the same database, with other settings. */
  startAnother(changes: Partial<Environment>): Promise<Api>;
}

export const portalUrl = 'http://portal.hikyaku.test';

/** The API as a deployment runs it: real server, database and object store, under the role `api`. */
export async function testApi(changes: Partial<Environment> = {}): Promise<TestApi> {
  const [world, account] = await Promise.all([testWorld(), testAccount({ corsOrigins: [portalUrl] })]);
  // As in a deployment: the SDK's default chain finds them.
  for (const [name, value] of Object.entries(account.environment('api'))) vi.stubEnv(name, value);
  const keysFolder = await mkdtemp(join(tmpdir(), 'hikyaku-receipt-keys-'));
  await makeReceiptKey(keysFolder, '2026-01-01');
  const environment: Environment = { ...testEnvironment(world, account.bucket, keysFolder), ...changes };
  const logger = createLogger({ service: 'api', level: 'silent' });
  const api = await startApi(environment, logger);
  const others: Api[] = [];
  const visitor = () => apiClient({ url: api.url, origin: environment.PORTAL_URL });
  return {
    ...world,
    environment,
    url: api.url,
    account,
    visitor,
    async signIn(person) {
      const client = visitor();
      const answer = await client.signIn(person);
      if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}`);
      return client;
    },
    async startAnother(otherChanges) {
      const other = await startApi({ ...environment, ...otherChanges }, logger);
      others.push(other);
      return other;
    },
    async close() {
      await Promise.all([api, ...others].map((one) => one.stop()));
      // The next file of tests may run in this process too.
      vi.unstubAllEnvs();
      await Promise.all([world.close(), account.delete(), rm(keysFolder, { recursive: true })]);
    },
  };
}

function testEnvironment(world: TestWorld, bucket: string, receiptKeysFolder: string): Environment {
  const { s3, mail } = testCloud();
  return {
    PORT: 0,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'silent',
    DATABASE_URL: world.database.app,
    AUTH_DATABASE_URL: world.database.auth,
    AUTH_SECRET: randomBytes(32).toString('hex'),
    RECEIPT_KEYS_FOLDER: receiptKeysFolder,
    PORTAL_URL: portalUrl,
    TRUSTED_PROXIES: 'loopback',
    SESSION_CHECK_SECONDS: 15,
    TOKEN_REQUESTS_PER_MINUTE: 10_000,
    WRONG_TOKENS_PER_MINUTE: 10_000,
    SWEEP_PARTS_SECONDS: 1,
    S3_BUCKET: bucket,
    AWS_REGION: s3?.region ?? 'default',
    S3_ENDPOINT: s3?.endpoint,
    S3_BROWSER_ENDPOINT: s3?.browserEndpoint,
    S3_FORCE_PATH_STYLE: true,
    SMTP_URL: mail?.smtpUrl ?? '',
    MAIL_FROM: 'Hikyaku <no-reply@hikyaku.invalid>',
  };
}
