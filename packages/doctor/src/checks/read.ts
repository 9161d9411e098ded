import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Check } from '../check.ts';

export const read: Check = {
  id: 'read',
  standsOn: ['write'],
  async look({ s3, bucket, probe }, abortSignal) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: probe.key }), { abortSignal });
    const found = await Body?.transformToByteArray();
    const details = { key: probe.key, bytes: found?.length ?? 0 };
    if (!found || !Buffer.from(found).equals(probe.content)) return { state: 'fail', reason: 'probe-differs', details };
    return { state: 'ok', details };
  },
};
