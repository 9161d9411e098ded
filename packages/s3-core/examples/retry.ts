import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { createRetryBudget, retry, retryDelayMilliseconds } from '@hikyaku/s3-core/retry';
import type { Scene } from './scene.ts';

export async function retryExample({ client, bucket, log }: Scene): Promise<void> {
  // Shared by all that ask one service: where much goes wrong, trying everything again keeps it down.
  const budget = createRetryBudget({ tries: 50 });
  await retry(() => client.send(new HeadBucketCommand({ Bucket: bucket })), {
    budget,
    onRetry: ({ error, delayMilliseconds }) => log(`${error.code}: again in ${delayMilliseconds} ms`),
    onGiveUp: ({ error }) => log(`given up: ${error.code}`),
  });
  log(budget.left, retryDelayMilliseconds('slower', 3) <= 2_000);
}
