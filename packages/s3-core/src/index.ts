export { createS3Client, type S3ClientOptions } from './create-s3-client.ts';
export { findObject, type ObjectHead, unquoted } from './find-object.ts';
export { openObject } from './open-object.ts';
export { type PresignedPut, presignPutObject } from './presign-put-object.ts';
export { readObject } from './read-object.ts';
export { resolveVersion } from './resolve-version.ts';
export { storageError } from './storage-error.ts';
