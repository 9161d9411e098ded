import type { CreateMultipartUploadCommandInput } from '@aws-sdk/client-s3';
import type { UploadEncryption, UploadOptions } from './upload-options.ts';

/** What an object is stored with, however it is sent. */
export function objectHeaders({ contentType, metadata, tags, encryption }: UploadOptions) {
  return {
    ...(contentType ? { ContentType: contentType } : {}),
    ...(metadata ? { Metadata: metadata } : {}),
    ...(tags ? { Tagging: tagging(tags) } : {}),
    ...(encryption ? encryptionHeaders(encryption) : {}),
  } satisfies Partial<CreateMultipartUploadCommandInput>;
}

function encryptionHeaders(encryption: UploadEncryption): Partial<CreateMultipartUploadCommandInput> {
  if (encryption.kind === 'AES256') return { ServerSideEncryption: 'AES256' };
  const { keyId, bucketKey } = encryption;
  return {
    ServerSideEncryption: 'aws:kms',
    ...(keyId ? { SSEKMSKeyId: keyId } : {}),
    ...(bucketKey === undefined ? {} : { BucketKeyEnabled: bucketKey }),
  };
}

/** With `%20`: not every store reads a plus as a space. */
function tagging(tags: Record<string, string>): string {
  return new URLSearchParams(tags).toString().replaceAll('+', '%20');
}
