import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Check } from '../check.ts';

export const write: Check = {
  id: 'write',
  standsOn: ['credentials', 'connection'],
  async look({ s3, bucket, kmsKeyId, probe }, abortSignal) {
    probe.mayBeThere = true;
    const answer = await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: probe.key,
        Body: probe.content,
        ContentType: 'application/octet-stream',
        ...(kmsKeyId ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId } : {}),
      }),
      { abortSignal },
    );
    probe.written = {
      versionId: answer.VersionId,
      encryption: answer.ServerSideEncryption,
      kmsKeyId: answer.SSEKMSKeyId,
    };
    return { state: 'ok', details: { key: probe.key, bytes: probe.content.length } };
  },
};
