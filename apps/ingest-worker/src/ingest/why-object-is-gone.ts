import type { S3Client } from '@aws-sdk/client-s3';
import { findObject } from '@hikyaku/s3-core';
import { HikyakuError } from '@hikyaku/types';

/**
 * What became of an object whose bytes can't be had: `object-superseded` where another stands in its place, which is an
 * arrival of its own; `object-deleted` where none does. The error of asking, where S3 can't say now.
 */
export async function whyObjectIsGone(s3: S3Client, object: { bucket: string; key: string }): Promise<unknown> {
  try {
    const newest = await findObject(s3, { bucket: object.bucket, key: object.key });
    return new HikyakuError(newest ? 'object-superseded' : 'object-deleted');
  } catch (error) {
    return error;
  }
}
