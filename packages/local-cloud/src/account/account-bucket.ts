import {
  CreateBucketCommand,
  HeadBucketCommand,
  NotFound,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { incomingPrefix } from '@hikyaku/policies';
import { eventTopicArns } from '../rados-gateway/event-topics.ts';

/** A versioned bucket that browsers of `corsOrigins` may write to with presigned URLs, and whose arrivals and deletions become events. */
export async function putAccountBucket(
  s3: S3Client,
  options: { bucket: string; corsOrigins: readonly string[]; withEvents: boolean },
): Promise<void> {
  const Bucket = options.bucket;
  // Asked first: an owner at its limit of buckets is refused before the gateway sees that this one is there.
  if (!(await hasBucket(s3, Bucket))) await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: [
          {
            // Ours are ended by the api; this is for those that nobody knows of.
            ID: 'end-forgotten-multipart-uploads',
            Status: 'Enabled',
            Filter: { Prefix: incomingPrefix },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 14 },
          },
        ],
      },
    }),
  );
  if (options.corsOrigins.length > 0) {
    await s3.send(
      new PutBucketCorsCommand({
        Bucket,
        CORSConfiguration: {
          CORSRules: [
            {
              AllowedOrigins: [...options.corsOrigins],
              AllowedMethods: ['PUT', 'POST', 'GET', 'HEAD'],
              AllowedHeaders: ['*'],
              // Without it the browser cannot read a part's ETag, which CompleteMultipartUpload needs.
              ExposeHeaders: ['ETag', 'x-amz-version-id', 'x-amz-request-id'],
              MaxAgeSeconds: 3600,
            },
          ],
        },
      }),
    );
  }
  if (!options.withEvents) return;
  // Put at every start: the bucket keeps a copy of the topics with the hooks' address, which may have moved to another port.
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: {
        TopicConfigurations: eventTopicArns.map((TopicArn, index) => ({
          Id: `incoming-${index}`,
          TopicArn,
          Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'],
          Filter: { Key: { FilterRules: [{ Name: 'prefix', Value: incomingPrefix }] } },
        })),
      },
    }),
  );
}

async function hasBucket(s3: S3Client, Bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}
