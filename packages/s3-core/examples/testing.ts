import { conformanceCases, runConformance } from '@hikyaku/s3-core/testing';
import type { Scene } from './scene.ts';

/** Of any S3-compatible store. All cases take about a minute; here one will do. */
export async function testingExample({ client, bucket, log }: Scene): Promise<void> {
  const results = await runConformance({ client, bucket }, { cases: conformanceCases.slice(0, 1) });
  for (const { outcome, name, cause = '' } of results) log(outcome, name, cause);
}
