import type { S3Client } from '@aws-sdk/client-s3';

/** What every example gets: a client, a bucket, and an empty folder. */
export interface Scene {
  client: S3Client;
  bucket: string;
  folder: string;
}
