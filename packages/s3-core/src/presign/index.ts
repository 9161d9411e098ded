export { type DatedObject, presignDated } from './presign-dated.ts';
export { presignGet } from './presign-get.ts';
export { presignPart } from './presign-part.ts';
export { type PresignedPost, presignPost } from './presign-post.ts';
export { presignPut } from './presign-put.ts';
export type { Presigned, PresignedPut } from './presigned.ts';
export { type ExpiryLimit, signingExpiry, type SigningExpiry } from './signing-expiry.ts';
