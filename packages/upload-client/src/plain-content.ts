import type { DigestBody } from './digest-body.ts';
import { digestOf } from './put-parts.ts';
import { sliceBody } from './slice-body.ts';
import type { UploadContent } from './upload-content.ts';
import { wholeDigestBytes } from './upload-content.ts';
import type { UploadPatience } from './upload-patience.ts';

export interface PlainContentOptions {
  file: Blob;
  /** As it is announced. */
  fileName: string;
  digestBody: DigestBody;
  patience: UploadPatience;
  signal: AbortSignal;
}

/** A file as it is: parts are slices, read when they are digested and when they are sent. */
export function plainContent({ file, fileName, digestBody, patience, signal }: PlainContentOptions): UploadContent {
  return {
    sizeBytes: file.size,
    async candidate() {
      const candidate = { fileName, sizeBytes: file.size, contentType: file.type };
      if (file.size > wholeDigestBytes) return candidate;
      return { ...candidate, digest: await digestOf(file, digestBody, patience, signal) };
    },
    whole: () => Promise.resolve(file),
    parts: (partSizeBytes) => sliceBody(file, partSizeBytes),
  };
}
