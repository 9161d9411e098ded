import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';

const request = z.object({ protocol: z.string(), hostname: z.string(), port: z.number().optional() });

/** Where requests for a bucket go: `https://bucket.s3.ap-northeast-1.amazonaws.com`. Sends nothing, and asks for no credentials. */
export async function resolveEndpoint({ config }: S3Client, bucket: string): Promise<URL> {
  // The SDK asks for credentials before it says where a request goes.
  const { region, endpoint, forcePathStyle, useFipsEndpoint, useDualstackEndpoint, useAccelerateEndpoint } = config;
  const client = new S3Client({
    region,
    ...(endpoint ? { endpoint } : {}),
    forcePathStyle: forcePathStyle ?? false,
    useFipsEndpoint,
    useDualstackEndpoint,
    useAccelerateEndpoint: useAccelerateEndpoint ?? false,
    credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
  });
  const command = new HeadBucketCommand({ Bucket: bucket });
  let built: unknown;
  command.middlewareStack.add(
    () => async (args) => {
      built = args.request;
      return { response: undefined, output: { $metadata: {} } };
    },
    { step: 'build', priority: 'low', name: 'takeEndpoint' },
  );
  await client.send(command);
  const { protocol, hostname, port } = request.parse(built);
  return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`);
}
