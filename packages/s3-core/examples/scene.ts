import type { S3Client } from '@aws-sdk/client-s3';

/** What every example gets: a client, a bucket, an empty folder, and somebody to tell. */
export interface Scene {
  client: S3Client;
  bucket: string;
  folder: string;
  log: (...words: unknown[]) => void;
}
