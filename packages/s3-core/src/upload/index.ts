export type { UploadChecksum } from './upload-checksum.ts';
export { uploadObject } from './upload-object.ts';
export type { UploadedObject, UploadEncryption, UploadOptions, UploadSource } from './upload-options.ts';
