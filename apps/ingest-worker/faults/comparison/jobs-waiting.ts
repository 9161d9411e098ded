import { Queue } from 'bullmq';

/** Jobs of the plain handler that will still be run. */
export async function jobsWaiting(redisUrl: string): Promise<number> {
  const queue = new Queue('load', { connection: { url: redisUrl } });
  try {
    const counts = await queue.getJobCounts('waiting', 'active', 'delayed');
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  } finally {
    await queue.close();
  }
}
