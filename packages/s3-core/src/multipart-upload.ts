/** A multipart upload that S3 has begun. `id` is S3's `UploadId`. */
export interface MultipartUpload {
  bucket: string;
  key: string;
  id: string;
}
