import { CommandFailure } from '../command-failure.ts';

/** `s3://bucket/key`: the key may be the beginning of many, or empty. */
export interface S3Address {
  bucket: string;
  key: string;
}

export type S3Object = S3Address & { isObject: true };

export function isS3Address(text: string): boolean {
  return text.startsWith('s3://');
}

/** Byte for byte: nothing in a key is decoded. @throws CommandFailure not-an-address */
export function parseS3Address(input: string): S3Address {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(input) ?? [];
  if (!bucket) throw new CommandFailure('not-an-address', { input });
  return { bucket, key };
}

/** @throws CommandFailure not-an-address, not-an-object */
export function parseS3Object(input: string): S3Object {
  const address = parseS3Address(input);
  if (address.key === '' || address.key.endsWith('/')) throw new CommandFailure('not-an-object', { input });
  return { ...address, isObject: true };
}

export function s3Url({ bucket, key }: S3Address): string {
  return `s3://${bucket}/${key}`;
}
