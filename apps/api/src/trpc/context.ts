import type { AppDatabase, AuthDatabase } from '@hikyaku/db';
import type { ReceiptIssuer } from '@hikyaku/receipts/issue';
import type { Logger } from '@hikyaku/telemetry';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Auth } from '../auth/create-auth.ts';
import type { Caller } from '../auth/find-caller.ts';
import type { TimelineHub } from '../live/timeline-hub.ts';
import type { Mailer } from '../mail/mailer.ts';

/** What the process is made of; built once in `main.ts`. */
export interface Services {
  app: AppDatabase;
  auth: Auth;
  authDatabase: AuthDatabase;
  s3: S3Client;
  /** Signs for the address under which browsers reach the bucket. */
  browserS3: S3Client;
  bucket: string;
  hub: TimelineHub;
  /** Says that something was committed that subscribers should hear of. Returns at once. */
  announce(): void;
  mailer: Mailer;
  receipts: ReceiptIssuer;
  portalUrl: string;
  /** How often an open stream asks whether whoever opened it still may. */
  sessionCheckMilliseconds: number;
  logger: Logger;
}

/** What one request is made of. */
export interface Context {
  services: Services;
  /** For the help desk: stands in the answer of an error and in our log. */
  referenceId: string;
  logger: Logger;
  /** Looked up once, however many procedures one request calls. */
  findCaller(): Promise<Caller | undefined>;
  /** Looked up now: for streams, which outlive what was true when they began. */
  findCallerAgain(): Promise<Caller | undefined>;
}
