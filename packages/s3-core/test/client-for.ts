import { S3Client } from '@aws-sdk/client-s3';

/** What a process of its own needs to read the bucket. */
export interface S3Access {
  endpoint: string;
  region: string;
  accessKeyId: string;
  secretAccessKey: string;
}

export function clientFor({ endpoint, region, ...credentials }: S3Access, maxAttempts = 3): S3Client {
  return new S3Client({
    endpoint,
    region,
    credentials,
    maxAttempts,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
}
