import type { PresignedPut } from '../upload-port.ts';

/** Where a PUT goes, without what makes it a permission. */
export function unsignedUrl({ url }: PresignedPut): URL {
  const { origin, pathname } = new URL(url);
  return new URL(pathname, origin);
}
