import type { S3Client } from '@aws-sdk/client-s3';

/** What a suite is run against. */
export interface ConformanceContext {
  client: S3Client;
  /** Exists, and may be written to below `prefix`. Whether it keeps versions is for whoever runs it to choose. */
  bucket: string;
  /** Ends with `/`; everything below it is deleted in the end. */
  prefix: string;
}

/** Something a store has to do for this library to keep its promises. */
export interface ConformanceCase {
  /** A sentence that is true of a store that conforms. Stable: expectations are written against it. */
  name: string;
  /** Resolves where it is so. @throws Unsupported where the store says, or shows, that it does not know this at all */
  run(context: ConformanceContext): Promise<void>;
}

/** Not wrong, but not there either: what stands on it has to do without. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported';
}

/** @throws Error where it isn't so */
export function expectThat(isSo: boolean, what: string): asserts isSo {
  if (!isSo) throw new Error(what);
}

/** What S3 calls a request that it refuses; undefined where it doesn't refuse it. */
export async function refusalOf(request: Promise<unknown>): Promise<{ name: string; status: number } | undefined> {
  try {
    await request;
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || !('$metadata' in error)) throw error;
    const { $metadata: metadata } = error;
    const status =
      typeof metadata === 'object' && metadata && 'httpStatusCode' in metadata ? Number(metadata.httpStatusCode) : 0;
    if (status === 501) throw new Unsupported(`${error.name}: ${error.message}`);
    return { name: error.name, status };
  }
}
