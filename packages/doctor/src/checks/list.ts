import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Check } from '../check.ts';

export const list: Check = {
  id: 'list',
  standsOn: ['credentials', 'connection'],
  async look({ s3, bucket, prefix }, abortSignal) {
    await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, MaxKeys: 1 }), { abortSignal });
    return { state: 'ok', details: { bucket, prefix } };
  },
};
