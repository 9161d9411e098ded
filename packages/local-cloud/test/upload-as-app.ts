// A child process for account-roles.integration.test.ts: does what the api does, with nothing but the SDK's defaults.
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const [Bucket, Key, QueueUrl] = process.argv.slice(2);
const s3 = new S3Client({ forcePathStyle: process.env['S3_FORCE_PATH_STYLE'] === 'true' });
const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'from a child process' }));
const credentials = await s3.config.credentials();
await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, MessageBody: 'from a child process' }));
process.stdout.write(
  JSON.stringify({
    VersionId,
    hasSessionToken: credentials.sessionToken !== undefined,
    expiresInSeconds: ((credentials.expiration?.getTime() ?? 0) - Date.now()) / 1000,
  }),
);
