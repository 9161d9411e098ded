import { randomBytes } from 'node:crypto';
import { DeleteObjectCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { abortMultipartUpload } from '../abort-multipart-upload.ts';
import { listObjects } from '../list/list-objects.ts';
import { type ConformanceCase, type ConformanceContext, Unsupported } from './conformance-case.ts';
import { conformanceCases } from './conformance-cases.ts';
import { listUploads } from './list-uploads.ts';

export interface ConformanceResult {
  /** Of the case. */
  name: string;
  outcome: 'ok' | 'failed' | 'unsupported';
  /** Why, for those who look into it; undefined of `ok`. */
  cause: string | undefined;
  seconds: number;
}

export interface ConformanceOptions {
  /** Default all there are, in their order. */
  cases?: readonly ConformanceCase[];
  /** Below which it writes, and which it empties. Default one of its own: `hikyaku-conformance/<random>/`. */
  prefix?: string;
  /** Hears of each case when it has ended. */
  onResult?: (result: ConformanceResult) => void;
}

/**
 * Says of any S3-compatible store what it does as S3 does it, what it doesn't, and what it doesn't know: one result for each
 * case, in their order. Takes about a minute, sends some 20 MiB, and deletes what it wrote, versions too where it may.
 *
 * @param store.bucket one that is there; versions, if it is to be asked about them, are switched on before
 * @example
 * const results = await runConformance({ client, bucket: 'scratch' });
 * for (const { name, outcome, cause } of results) if (outcome !== 'ok') console.log(outcome, name, cause);
 *
 * @throws never for what the store does: that is what results are for
 */
export async function runConformance(
  store: { client: S3Client; bucket: string },
  options: ConformanceOptions = {},
): Promise<ConformanceResult[]> {
  const prefix = options.prefix ?? `hikyaku-conformance/${randomBytes(6).toString('hex')}/`;
  const results: ConformanceResult[] = [];
  try {
    for (const [index, one] of (options.cases ?? conformanceCases).entries()) {
      // A folder for each, so that none depends on another.
      const result = await runCase(one, { ...store, prefix: `${prefix}${index}/` });
      results.push(result);
      options.onResult?.(result);
    }
  } finally {
    // What can't be deleted does no harm below a prefix that nobody else uses.
    await emptyPrefix({ ...store, prefix }).catch(() => undefined);
  }
  return results;
}

async function runCase(one: ConformanceCase, context: ConformanceContext): Promise<ConformanceResult> {
  const begun = performance.now();
  const ended = (outcome: ConformanceResult['outcome'], cause?: string): ConformanceResult => ({
    name: one.name,
    outcome,
    cause,
    seconds: (performance.now() - begun) / 1_000,
  });
  try {
    await one.run(context);
    return ended('ok');
  } catch (error) {
    return ended(error instanceof Unsupported ? 'unsupported' : 'failed', causeOf(error));
  }
}

function causeOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** As far as it may. */
async function emptyPrefix({ client, bucket, prefix }: ConformanceContext): Promise<void> {
  const remove = async (key: string, versionId?: string) => {
    await client
      .send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }))
      .catch(() => undefined);
  };
  const uploads = await listUploads(client, bucket, prefix).catch(() => []);
  for (const upload of uploads) await abortMultipartUpload(client, upload).catch(() => false);
  try {
    let stuck: string | undefined;
    for (;;) {
      const page = await listPage(client, bucket, prefix);
      const [first] = page;
      // Of one that can't be deleted there is no end; versions alone are all `null` where none are kept.
      if (!first || stuck === `${first.versionId} ${first.key}`) break;
      stuck = `${first.versionId} ${first.key}`;
      for (const { key, versionId } of page) await remove(key, versionId);
    }
  } catch {
    // A store that knows no versions.
    for await (const entry of listObjects(client, { bucket, prefix })) {
      if (entry.kind === 'object') await remove(entry.key);
    }
  }
}

/** Versions and markers. */
async function listPage(client: S3Client, bucket: string, prefix: string) {
  const page = await client.send(
    new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, EncodingType: 'url' }),
  );
  return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key = '', VersionId = 'null' }) => ({
    key: decodeURIComponent(Key.replaceAll('+', ' ')),
    versionId: VersionId,
  }));
}
